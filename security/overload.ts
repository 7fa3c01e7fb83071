/** Overload: accepted requests are answered soon, the rest wait or are told when to retry, and clients with few requests are served immediately. */
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { Measured, MemorySeries, until } from '../faults/harness/measured.ts';
import type { Finding } from '../faults/harness/verdict.ts';
import { type BotReport, startHonestBot } from './harness/honest-bot.ts';
import { Pipeline, type PipelinedAnswer } from './harness/pipeline.ts';
import { onStage, type Stage } from './harness/stage.ts';

export interface Overload {
  readonly seconds: number;
  readonly connections: number;
  /** unanswered requests per connection; in total more than the host lets wait */
  readonly depth: number;
  /** whether the flood must reach its full size and memory is checked against the limit; not inside `npm test` */
  readonly isLong?: boolean;
}

/** Memory limit in MiB, however large the flood. */
const MOST_MEMORY = 250;
/** Minimum share of a well-behaved bot's attempts that are accepted: for another source than the flood's, and for the same source on its own connection. */
const TAKEN = { other: 0.95, same: 0.8 };

export const overload =
  ({ seconds, connections, depth, isLong = false }: Overload) =>
  (mutant?: string): Promise<Finding> =>
    onStage(mutant, async (stage) => {
      const words: string[] = [];
      const counts = new Map<number, number>();
      const took: Measured[] = [];
      await stage.serveSecondSource();
      const before = stage.rows();
      const hear = ({ status, hasRetryAfter, took: its }: PipelinedAnswer) => {
        counts.set(status, (counts.get(status) ?? 0) + 1);
        if (status === 201) took.push(its);
        if (![201, 429, 503].includes(status)) words.push(`answered ${status}`);
        else if (status !== 201 && !hasRetryAfter) words.push(`answered ${status} without Retry-After`);
      };
      const stop = {
        other: startHonestBot({ name: 'other', port: stage.port, headers: stage.headersOf(stage.unserved.api_key) }),
        same: startHonestBot({ name: 'same', port: stage.port, headers: stage.headers }),
      };
      // connected before the flood, because connections are accepted one by one
      if (!(await until(() => keptOf(stage, 'other') > 0 && keptOf(stage, 'same') > 0))) words.push('a polite bot was not served before the flood');
      const pipelines = Array.from(
        { length: connections },
        () =>
          new Pipeline(stage.port, (answer) => {
            answers += 1;
            hear(answer);
          }),
      );
      let [answers, beforeNewcomer] = [0, Number.POSITIVE_INFINITY];
      const newcomer = new Pipeline(stage.port, (answer) => {
        beforeNewcomer = answers;
        hear(answer);
      });
      const memory = new MemorySeries(stage.host.pid, seconds * 1000);
      for (let n = 0; memory.isGoingOn; ) {
        for (const pipeline of pipelines) while (pipeline.unanswered < depth) pipeline.send(request(stage.headers, n++));
        if (newcomer.unanswered === 0 && beforeNewcomer === Number.POSITIVE_INFINITY) newcomer.send(request(stage.headersOf(stage.unserved.api_key), 0));
        memory.sample();
        await sleep(2);
      }
      const bots = { other: await stop.other(), same: await stop.same() };
      const lost = await drained([...pipelines, newcomer]);
      if (lost > 0) words.push(`${lost} requests were never answered`);
      for (const pipeline of [...pipelines, newcomer]) pipeline.close();
      if (beforeNewcomer > 2 * connections * depth)
        words.push(`a newcomer whose connection came last was answered after ${beforeNewcomer} answers to the flood`);

      const taken = counts.get(201) ?? 0;
      const refused = counts.get(503) ?? 0;
      if (isLong && refused === 0) words.push('nothing was refused: there was no overload, or there is no limit');
      const kept = (stage.rows().contacts ?? 0) - (before.contacts ?? 0);
      const acknowledged = taken + bots.other.taken + bots.same.taken;
      if (kept !== acknowledged) words.push(`${kept} contacts are stored, ${acknowledged} were acknowledged`);
      for (const [name, bot] of Object.entries(bots)) words.push(...faultsOf(name as keyof typeof bots, bot, stage)); // its own keys
      if (isLong && memory.peak.exceeds(MOST_MEMORY)) words.push(`memory reached ${memory.peak}`);
      if (isLong && memory.grows()) words.push(`memory kept growing, ${memory}`);
      return {
        isSound: words.length === 0,
        figures:
          `${connections * depth} unanswered requests for ${seconds} s: ${taken} accepted (p50 ${Measured.quantile(took, 0.5)}, p99 ${Measured.quantile(took, 0.99)}), ${refused} told to retry; ` +
          `polite bots: of another source ${say(bots.other)}; of the same ${say(bots.same)}; a newcomer answered after ${beforeNewcomer} answers to the flood; peak memory ${memory.peak}, ${memory}`,
        words: [...new Set(words)],
      };
    });

function faultsOf(name: keyof typeof TAKEN, { contacts, taken, attempts, strange }: BotReport, stage: Stage): string[] {
  const kept = keptOf(stage, name);
  return [
    ...strange,
    ...(kept === contacts ? [] : [`a polite bot submitted ${contacts} contacts, ${kept} are stored`]),
    ...(taken >= TAKEN[name] * attempts ? [] : [`of ${attempts} attempts of a polite bot (${name} source) ${taken} were accepted`]),
  ];
}

const say = ({ taken, took, attempts }: BotReport) => `${taken} of ${attempts} attempts accepted (${took})`;

function request(headers: readonly string[], n: number): string {
  const body = JSON.stringify({ external_id: `flood-${n % 5000}` });
  return `${['POST /contacts HTTP/1.1', ...headers, `Content-Length: ${body.length}`].join('\r\n')}\r\n\r\n${body}`;
}

/** Number of requests without an answer once none has arrived for so long that none will. */
async function drained(pipelines: readonly Pipeline[]): Promise<number> {
  const left = () => pipelines.reduce((sum, { unanswered }) => sum + unanswered, 0);
  for (let known = left(); known > 0; known = left()) if (!(await until(() => left() < known))) break;
  return left();
}

function keptOf(stage: Stage, bot: string): number {
  const db = new Database(stage.host.database, { readonly: true });
  try {
    return db.prepare<[string], number>('SELECT COUNT(*) FROM contacts WHERE idempotency_key LIKE ?').pluck().get(`${bot}-%`) ?? 0;
  } finally {
    db.close();
  }
}
