/** Records when intake was last open, so that the next start can report when no contact could be accepted. */
import { z } from 'zod';
import type { Closed } from '#shared/contract/desk.ts';
import type { Every } from '#shared/time.ts';
import { readOwn } from '#vault/own-files.ts';
import { replaceFile } from './data-dir.ts';

/** Interval of recording that intake is open: the precision after a crash. */
const RECORDED_MS = 60_000;

const record = z.object({ open_until: z.int(), was_stopped: z.boolean() });
type Record = z.infer<typeof record>;

interface IntakeParts {
  readonly now: () => number;
  readonly every: Every;
  /** when the latest contact was accepted, epoch milliseconds; -Infinity when there is none */
  readonly latestArrival: () => number;
}

export interface IntakeTimes {
  /** when intake was closed before this start; null at the first start, and when the clock has been set back */
  readonly closed: Closed | null;
  /** Records that intake closes now. */
  close(): void;
}

/** Call when intake has opened. A record that cannot be written, as on a full disk, is left as it was. */
export function recordIntake(file: string, { now, every, latestArrival }: IntakeParts): IntakeTimes {
  const before = read(file);
  const until = now();
  const from = before === null || before.was_stopped ? before?.open_until : Math.max(before.open_until, latestArrival());
  const write = (was_stopped: boolean) => {
    try {
      replaceFile(file, `${JSON.stringify({ open_until: now(), was_stopped } satisfies Record)}\n`);
    } catch {
      // the next start then names an earlier moment
    }
  };
  write(false);
  const stop = every(RECORDED_MS, () => write(false));
  return {
    closed: from === undefined || from > until ? null : { from, until, was_stopped: before?.was_stopped === true },
    close() {
      stop();
      write(true);
    },
  };
}

function read(file: string): Record | null {
  try {
    return record.parse(JSON.parse(readOwn(file) ?? ''));
  } catch {
    return null; // missing, or lost in a power failure
  }
}
