/** Far more than can be done: what is taken in is answered soon, the rest is told when to come again, and who comes again is served. */
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import type { Finding } from '../faults/harness/verdict.ts';
import { Pipeline, type PipelinedAnswer } from './harness/pipeline.ts';
import { onStage, type Stage } from './harness/stage.ts';

export interface Overload {
  readonly seconds: number;
  readonly connections: number;
  /** requests that each connection keeps unanswered; all together are more than the door lets wait */
  readonly depth: number;
}

/** Most that memory may grow while it lasts. */
const MEMORY_GROWS = 150 * 1024 * 1024;
const HONEST_EVERY_MS = 100;
const HONEST_RETRIES = 200;

export const overload =
  ({ seconds, connections, depth }: Overload) =>
  (mutant?: string): Promise<Finding> =>
    onStage(mutant, async (stage) => {
      const words: string[] = [];
      const counts = new Map<number, number>();
      const took: number[] = [];
      const before = stage.rows();
      const memoryBefore = stage.memory();
      const hear = ({ status, hasRetryAfter, ms }: PipelinedAnswer) => {
        counts.set(status, (counts.get(status) ?? 0) + 1);
        if (status === 201) took.push(ms);
        if (![201, 429, 503].includes(status)) words.push(`answered ${status}`);
        else if (status !== 201 && !hasRetryAfter) words.push(`answered ${status} without Retry-After`);
      };
      const pipelines = Array.from({ length: connections }, () => new Pipeline(stage.port, hear));
      const honest = new HonestBot(stage);
      const ends = performance.now() + seconds * 1000;
      let peak = memoryBefore;
      for (let n = 0; performance.now() < ends; ) {
        for (const pipeline of pipelines) while (pipeline.unanswered < depth) pipeline.send(request(stage, n++));
        if (performance.now() > ends - 50 || n % 50 === 0) peak = Math.max(peak, stage.memory());
        await sleep(1);
      }
      const lost = await drained(pipelines);
      if (lost > 0) words.push(`${lost} requests were never answered`);
      await honest.stop();
      for (const pipeline of pipelines) pipeline.close();
      peak = Math.max(peak, stage.memory());

      const taken = counts.get(201) ?? 0;
      const refused = counts.get(503) ?? 0;
      if (refused === 0) words.push('nothing was refused: it was no overload, or there is no limit');
      const kept = (stage.rows().contacts ?? 0) - (before.contacts ?? 0);
      if (kept !== taken + honest.taken) words.push(`${kept} contacts are stored, ${taken + honest.taken} were acknowledged`);
      words.push(...honest.complaints());
      if (peak - memoryBefore > MEMORY_GROWS) words.push(`memory grew by ${mib(peak - memoryBefore)} MiB`);
      return {
        isSound: words.length === 0,
        figures:
          `${connections * depth} unanswered for ${seconds} s: ${taken} taken in (p50 ${at(took, 0.5)}, p99 ${at(took, 0.99)} ms), ${refused} told to come again; ` +
          `an honest bot's ${honest.taken} all taken once, after ${honest.attempts} attempts (taken: p50 ${at(honest.took, 0.5)}, p99 ${at(honest.took, 0.99)} ms); ` +
          `memory +${mib(peak - memoryBefore)} MiB`,
        words: [...new Set(words)],
      };
    });

function request(stage: Stage, n: number): string {
  const body = JSON.stringify({ external_id: `flood-${n % 5000}` });
  return `${['POST /contacts HTTP/1.1', ...stage.headers, `Content-Length: ${body.length}`].join('\r\n')}\r\n\r\n${body}`;
}

/** How many have no answer when nothing comes any more. */
async function drained(pipelines: readonly Pipeline[]): Promise<number> {
  const left = () => pipelines.reduce((sum, { unanswered }) => sum + unanswered, 0);
  for (let known = -1; left() > 0 && left() !== known; ) {
    known = left();
    await sleep(2000);
  }
  return left();
}

/** Sends a contact ten times a second, each with a key, and comes again with it as it is told to. */
class HonestBot {
  readonly took: number[] = [];
  attempts = 0;
  taken = 0;
  readonly #stage: Stage;
  readonly #pipeline: Pipeline;
  readonly #strange: string[] = [];
  readonly #work: Promise<void>;
  #running = true;
  #answered: (answer: PipelinedAnswer) => void = () => {};
  #sent = 0;

  constructor(stage: Stage) {
    this.#stage = stage;
    this.#pipeline = new Pipeline(stage.port, (answer) => this.#answered(answer));
    this.#work = this.#run();
  }

  async stop(): Promise<void> {
    this.#running = false;
    await this.#work;
    this.#pipeline.close();
  }

  complaints(): string[] {
    const db = new Database(this.#stage.host.database, { readonly: true });
    try {
      const rows = db.prepare<[], number>("SELECT COUNT(*) FROM contacts WHERE idempotency_key LIKE 'honest-%'").pluck().get() ?? 0;
      return rows === this.#sent ? this.#strange : [...this.#strange, `an honest bot handed in ${this.#sent} contacts, ${rows} are stored`];
    } finally {
      db.close();
    }
  }

  async #run(): Promise<void> {
    while (this.#running) {
      await this.#handIn(this.#sent++);
      await sleep(HONEST_EVERY_MS);
    }
  }

  async #handIn(n: number): Promise<void> {
    const body = `{"external_id":"honest-${n}"}`;
    const head = ['POST /contacts HTTP/1.1', ...this.#stage.headers, `Idempotency-Key: honest-${n}`, `Content-Length: ${body.length}`].join('\r\n');
    for (let attempt = 0; attempt < HONEST_RETRIES; attempt++) {
      this.attempts += 1;
      const { status, ms } = await new Promise<PipelinedAnswer>((resolve) => {
        this.#answered = resolve;
        this.#pipeline.send(`${head}\r\n\r\n${body}`);
      });
      if (status === 201) {
        this.taken += 1;
        this.took.push(ms);
        return;
      }
      await sleep(50 + Math.random() * 100);
    }
    this.#strange.push(`contact ${n} of an honest bot was not taken after ${HONEST_RETRIES} attempts`);
  }
}

const mib = (bytes: number) => (bytes / 1024 / 1024).toFixed(0);

function at(values: readonly number[], share: number): string {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(0);
}
