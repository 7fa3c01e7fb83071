/** A full disk, another program that holds the database lock, and SIGTERM, each under load. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { audit, isSound, sumUp } from './harness/audit.ts';
import { FaultHost } from './harness/host.ts';
import { Measured, stopwatch, until } from './harness/measured.ts';
import { Traffic } from './harness/traffic.ts';
import type { Finding } from './harness/verdict.ts';

const SMALL_DISK_MB = 4;
/** As the contract requires. */
export const STOPS_WITHIN_MS = 5000;

/** How often the lock is held again if no request was affected by it. */
const MOST_TURNS = 10;

/** Null if a small disk can be mounted here; otherwise the reason why not. */
export function noSmallDisk(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs root on Linux, to mount a small disk';
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-small-'));
  try {
    return mountSmall(folder) ? null : 'mounting is not permitted here';
  } finally {
    spawnSync('umount', [folder]);
    rmSync(folder, { recursive: true, force: true });
  }
}

export const mountSmall = (folder: string): boolean => spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SMALL_DISK_MB}m`, 'tmpfs', folder]).status === 0;

/** A host on a full disk refuses with a reason, can still be read, loses nothing, and accepts contacts again once there is space. */
export async function diskFull({ seed, refusals }: { seed: number; refusals: number }): Promise<Finding> {
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-small-'));
  if (!mountSmall(folder)) throw new Error('the small disk could not be mounted');
  const host = new FaultHost({ dataDir: join(folder, 'data') });
  const words: string[] = [];
  try {
    await host.start();
    const traffic = new Traffic(host.apiUrl, host.adminToken, { seed, clients: 4 });
    await traffic.furnish();
    for (let n = 0; n < 20; n++) await traffic.once(`before-${n}`);
    const ballast = join(folder, 'ballast');
    const { bavail, bsize } = statfsSync(folder);
    writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - 64 * 1024)));
    let refused = 0;
    for (let n = 0; refused < refusals && n < refusals * 2; n++) if ((await traffic.once(`full-${n}`))?.status === 503) refused += 1;
    if (refused < refusals) words.push(`only ${refused} were refused`);
    const { status } = await fetch(`${host.apiUrl}/contacts`, { headers: { authorization: `Bearer ${host.adminToken}` } });
    if (status !== 200) words.push(`a read is answered ${status}`);
    rmSync(ballast);
    const sinceRoom = stopwatch();
    if ((await traffic.retry('full-100')) === null) words.push('contacts are not accepted again');
    const backAfter = sinceRoom();
    for (let n = 0; n < 20; n++) if ((await traffic.once(`after-${n}`))?.status !== 201) words.push(`after-${n} was refused`);
    await traffic.stop();
    await host.end('SIGTERM');
    const found = audit(host.database, traffic.ledger);
    return {
      isSound: words.length === 0 && isSound(found),
      figures: `${refused} refused with 503; accepted again ${backAfter} after there was space, without a restart; ${sumUp(found)}`,
      words: [...words, ...found.words],
    };
  } finally {
    await host.dispose();
    spawnSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Another program holds the write lock: contacts are refused with Retry-After, everything else continues. */
export async function foreignLock({ seed, holdsMs }: { seed: number; holdsMs: readonly number[] }): Promise<Finding> {
  const host = new FaultHost();
  try {
    await host.start();
    const traffic = new Traffic(host.apiUrl, host.adminToken, { seed, clients: 16, paceMs: 20 });
    await traffic.furnish();
    traffic.start();
    await sleep(500);
    const refusals = () => traffic.ledger.answers.get('503') ?? 0;
    const gaps: Measured[] = [];
    for (const ms of holdsMs) {
      const stranger = new Database(host.database, { timeout: 5000 });
      stranger.exec('BEGIN IMMEDIATE');
      const refusedBefore = refusals();
      gaps.push(...(await answerTimes(host.apiUrl, ms)));
      for (let n = 0; refusals() === refusedBefore && n < MOST_TURNS; n++) gaps.push(...(await answerTimes(host.apiUrl, ms))); // on a busy machine it takes longer to have an effect
      stranger.exec('ROLLBACK');
      stranger.close();
      await sleep(500);
    }
    await traffic.stop();
    await host.end('SIGTERM');
    const found = audit(host.database, traffic.ledger);
    const refused = refusals();
    return {
      isSound: isSound(found) && refused > 0,
      figures: `held for ${holdsMs.join(' and ')} ms: ${refused} told to retry; /health meanwhile p50 ${Measured.quantile(gaps, 0.5)}, p90 ${Measured.quantile(gaps, 0.9)}, max ${Measured.quantile(gaps, 1)}; ${sumUp(found)}`,
      words: [...found.words, ...(refused > 0 ? [] : ['nobody was refused: the lock had no effect'])],
    };
  } finally {
    await host.dispose();
  }
}

/** Polls the host's /health for this long; while the event loop is blocked, nothing is answered. */
async function answerTimes(apiUrl: string, forMs: number): Promise<Measured[]> {
  const times: Measured[] = [];
  await until(
    async () => {
      const sinceAsked = stopwatch();
      await (await fetch(`${apiUrl}/health`)).arrayBuffer();
      times.push(sinceAsked());
      return false;
    },
    forMs,
    10,
  );
  return times;
}

/**
 * SIGTERM under load: the host exits in time with 0, and everything acknowledged is there.
 * @param withinMs long form only, where the machine is otherwise idle
 */
export async function stopsUnderLoad({ seed, times, withinMs }: { seed: number; times: number; withinMs?: number }): Promise<Finding> {
  const host = new FaultHost();
  const words: string[] = [];
  const ends: Measured[] = [];
  try {
    await host.start();
    const traffic = new Traffic(host.apiUrl, host.adminToken, { seed, clients: 16 });
    await traffic.furnish();
    traffic.start();
    for (let n = 0; n < times; n++) {
      await sleep(700);
      const sinceAsked = stopwatch();
      const { code } = await host.end('SIGTERM');
      const took = sinceAsked();
      ends.push(took);
      if (code !== 0) words.push(`it exited with ${code}`);
      if (withinMs !== undefined && took.exceeds(withinMs)) words.push(`it took ${took} to exit`);
      if (n < times - 1) await host.start();
    }
    await traffic.stop('abandoned');
    const found = audit(host.database, traffic.ledger);
    return {
      isSound: words.length === 0 && isSound(found),
      figures: `${times} times, the slowest in ${Measured.quantile(ends, 1)}; ${sumUp(found)}`,
      words: [...words, ...found.words],
    };
  } finally {
    await host.dispose();
  }
}
