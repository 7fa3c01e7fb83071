/** Far more than can be done: what is taken in is answered soon, the rest is told when to come again, and who comes again is served. */
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import type { Finding } from '../faults/harness/verdict.ts';
import { startHonestBot } from './harness/honest-bot.ts';
import { Pipeline, type PipelinedAnswer } from './harness/pipeline.ts';
import { PATIENCE_MS } from './harness/raw.ts';
import { onStage, type Stage } from './harness/stage.ts';

export interface Overload {
  readonly seconds: number;
  readonly connections: number;
  /** requests that each connection keeps unanswered; all together are more than the door lets wait */
  readonly depth: number;
}

/** Most that memory may grow after the first third. */
const MEMORY_GROWS = 128 * 1024 * 1024;

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
      const stopBot = startHonestBot({ port: stage.port, headers: stage.headers });
      const started = performance.now();
      const ends = started + seconds * 1000;
      const peaks = { beginning: memoryBefore, rest: 0 };
      const look = () => {
        const when = performance.now() - started < (seconds * 1000) / 3 ? 'beginning' : 'rest';
        peaks[when] = Math.max(peaks[when], stage.memory());
      };
      for (let n = 0; performance.now() < ends; ) {
        for (const pipeline of pipelines) while (pipeline.unanswered < depth) pipeline.send(request(stage, n++));
        look();
        await sleep(2);
      }
      const lost = await drained(pipelines);
      if (lost > 0) words.push(`${lost} requests were never answered`);
      const bot = await stopBot();
      for (const pipeline of pipelines) pipeline.close();
      look();

      const taken = counts.get(201) ?? 0;
      const refused = counts.get(503) ?? 0;
      if (refused === 0) words.push('nothing was refused: it was no overload, or there is no limit');
      const kept = (stage.rows().contacts ?? 0) - (before.contacts ?? 0);
      if (kept !== taken + bot.taken) words.push(`${kept} contacts are stored, ${taken + bot.taken} were acknowledged`);
      const ofBot = keptOfBot(stage);
      if (ofBot !== bot.contacts) words.push(`an honest bot handed in ${bot.contacts} contacts, ${ofBot} are stored`);
      words.push(...bot.strange);
      const grown = peaks.rest - peaks.beginning;
      if (grown > MEMORY_GROWS) words.push(`memory went on growing, by ${mib(grown)} MiB`);
      return {
        isSound: words.length === 0,
        figures:
          `${connections * depth} unanswered for ${seconds} s: ${taken} taken in (p50 ${at(took, 0.5)}, p99 ${at(took, 0.99)} ms), ${refused} told to come again; ` +
          `an honest bot's ${bot.taken} all taken once, after ${bot.attempts} attempts (taken: p50 ${at(bot.took, 0.5)}, p99 ${at(bot.took, 0.99)} ms; told to come again: p50 ${at(bot.refusedAfter, 0.5)} ms); ` +
          `memory ${mib(peaks.beginning)} MiB in the first third, ${mib(peaks.rest)} after it`,
        words: [...new Set(words)],
      };
    });

function request(stage: Stage, n: number): string {
  const body = JSON.stringify({ external_id: `flood-${n % 5000}` });
  return `${['POST /contacts HTTP/1.1', ...stage.headers, `Content-Length: ${body.length}`].join('\r\n')}\r\n\r\n${body}`;
}

/** How many have no answer when nothing has come for so long that nothing will. */
async function drained(pipelines: readonly Pipeline[]): Promise<number> {
  const left = () => pipelines.reduce((sum, { unanswered }) => sum + unanswered, 0);
  let known = left();
  for (let since = performance.now(); left() > 0 && performance.now() - since < PATIENCE_MS; await sleep(20)) {
    if (left() !== known) since = performance.now();
    known = left();
  }
  return left();
}

function keptOfBot(stage: Stage): number {
  const db = new Database(stage.host.database, { readonly: true });
  try {
    return db.prepare<[], number>("SELECT COUNT(*) FROM contacts WHERE idempotency_key LIKE 'honest-%'").pluck().get() ?? 0;
  } finally {
    db.close();
  }
}

const mib = (bytes: number) => (bytes / 1024 / 1024).toFixed(0);

function at(values: readonly number[], share: number): string {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(0);
}
