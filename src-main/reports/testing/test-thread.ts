/** A reading thread with test-only questions. */
import type { Step, Steps } from '#reports/protocol.ts';
import { serve } from '#reports/serve.ts';
import type { Sources } from '#reports/sources.ts';

let made = 0;

/** Occupies the thread for a whole time slice at each step. */
function work(): void {
  // oxlint-disable-next-line no-restricted-properties -- keeps the thread busy; nothing is measured
  const until = performance.now() + 11;
  // oxlint-disable-next-line no-restricted-properties -- keeps the thread busy; nothing is measured
  while (performance.now() < until);
}

const { jobs } = serve({
  echo: (_: Sources, input: unknown) => input,
  *count(_: Sources, to: number): Steps<number> {
    let n = 0;
    while (n < to) {
      n += 1;
      work();
      yield { progress: n / to };
    }
    return n;
  },
  *chunks(_: Sources, count: number): Steps<number> {
    for (let n = 0; n < count; n++) {
      made = n + 1;
      yield { chunk: Uint8Array.of(n) };
    }
    return count;
  },
  made: () => made,
  working: () => [...jobs.keys()],
  fail: (_: Sources, message: string) => {
    throw new Error(message);
  },
  *failLater(_: Sources, message: string): Generator<Step> {
    yield undefined;
    throw new Error(message);
  },
});
