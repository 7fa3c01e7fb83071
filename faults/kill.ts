/** kill -9 at random moments, with a ledger of what was acknowledged. Hosts that break the promise must be detected by the same experiment. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Audit, audit, isSound, sumUp } from './harness/audit.ts';
import { FaultHost } from './harness/host.ts';
import { until } from './harness/measured.ts';
import { randomFrom } from './harness/random.ts';
import { Traffic } from './harness/traffic.ts';
import type { Finding } from './harness/verdict.ts';

export interface KillOptions {
  readonly seed: number;
  readonly kills: number;
  /** continue until at least this many contacts have been acknowledged; 0: end with the last kill */
  readonly acknowledgements: number;
  readonly signal?: 'SIGKILL' | 'SIGSTOP';
  readonly entry?: string;
}

export interface Killed {
  readonly kills: number;
  readonly audit: Audit;
  /** starts that were refused; there must be none */
  readonly refusedStarts: readonly string[];
  readonly answers: ReadonlyMap<string, number>;
}

const CLIENTS = 16;
const MOST_SECONDS_MORE = 300;

/** Runs one history and compares the resulting database with the ledger. */
export async function killed({ seed, kills, acknowledgements, signal = 'SIGKILL', entry }: KillOptions): Promise<Killed> {
  const random = randomFrom(seed);
  const host = new FaultHost({ entry });
  const refusedStarts: string[] = [];
  try {
    await host.start();
    const traffic = new Traffic(host.apiUrl, host.adminToken, { seed, clients: CLIENTS });
    await traffic.furnish();
    traffic.start();
    for (let n = 0; n < kills && refusedStarts.length === 0; n++) {
      await sleep(400 + random.below(600));
      if (signal === 'SIGSTOP') {
        host.signal('SIGSTOP');
        await sleep(n % 4 === 0 ? 9000 : 100 + random.below(800)); // sometimes longer than the clients wait
        host.signal('SIGCONT');
        continue;
      }
      await host.end('SIGKILL');
      if (n === kills - 1 && acknowledgements === 0) {
        await traffic.stop('abandoned');
        return { kills, audit: audit(host.database, traffic.ledger), refusedStarts, answers: traffic.ledger.answers };
      }
      await host.start().catch((error: unknown) => refusedStarts.push(String(error)));
    }
    await until(() => traffic.acknowledged >= acknowledgements || refusedStarts.length > 0, MOST_SECONDS_MORE * 1000);
    await traffic.stop();
    await host.end('SIGTERM');
    return { kills, audit: audit(host.database, traffic.ledger), refusedStarts, answers: traffic.ledger.answers };
  } finally {
    await host.dispose();
  }
}

/** The real host: there must be no violation. */
export async function survives(options: KillOptions): Promise<Finding> {
  const { kills, audit: found, refusedStarts, answers } = await killed(options);
  const isEnough = found.acknowledged >= options.acknowledgements;
  const stops = options.signal === 'SIGSTOP' ? 'pauses' : 'kills';
  return {
    isSound: isSound(found) && refusedStarts.length === 0 && isEnough,
    figures: `${kills} ${stops}, ${sumUp(found)}; lost answers ${answers.get('none') ?? 0}`,
    words: [...refusedStarts, ...found.words, ...(isEnough ? [] : [`fewer than ${options.acknowledgements} acknowledgements`])],
  };
}

export interface Mutant {
  readonly entry: string;
  /** the violation by which it must be detected */
  readonly breaks: string;
}

export const MUTANTS: readonly Mutant[] = [
  { entry: 'answers-before-commit.ts', breaks: 'lost' },
  { entry: 'keeps-key-apart.ts', breaks: 'doubled' },
  { entry: 'races-for-slots.ts', breaks: 'over capacity' },
];

/** Number of attempts: on a busy machine a kill may fall between two contacts and show nothing. */
const MOST_HISTORIES = 8;

/** A broken host: the same experiment, repeated with other moments if necessary, must detect it. */
export async function isFoundOut({ entry, breaks }: Mutant, options: Omit<KillOptions, 'entry'>): Promise<Finding> {
  let last = '';
  for (let history = 0; history < MOST_HISTORIES; history++) {
    const { audit: found } = await killed({ ...options, seed: options.seed + history, entry: join(import.meta.dirname, 'mutants', entry) });
    last = sumUp(found);
    if ((found.broken[breaks] ?? 0) > 0) return { isSound: true, figures: `detected: ${last}` };
  }
  return { isSound: false, figures: `NOT detected by "${breaks}" in ${MOST_HISTORIES} histories: ${last}` };
}
