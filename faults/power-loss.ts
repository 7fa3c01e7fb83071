/**
 * Simulates a power cut: the data directory is on a file system in an image file. The content of that file at the moment of the cut is what reached the disk;
 * everything that was only in memory is lost. A copy of the image is mounted, which replays its journal as a start after the cut would, and audited.
 * Limits: all unsynced data is lost, none of it is reordered, and no disk reports a sync that it did not make.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { audit, isSound, sumUp } from './harness/audit.ts';
import { FaultHost } from './harness/host.ts';
import { randomFrom } from './harness/random.ts';
import { Traffic } from './harness/traffic.ts';
import type { Finding } from './harness/verdict.ts';

const IMAGE_MB = 64;
/** Pause between two contacts of a bot. Without it the host is nearly always inside a checkpoint's sync, and hardly anything is ever unsynced. */
const PACE_MS = 20;
const CLIENTS = 8;
/** Contacts required before the cut: with nothing to lose it would show nothing. */
const LEAST_ACKNOWLEDGED = 40;

function must(command: string, ...args: string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
}

/** Null if a power cut can be simulated here; otherwise the reason why not. */
export function noPowerSwitch(): string | null {
  if (process.platform !== 'linux') return 'needs Linux';
  if (process.getuid?.() !== 0) return 'needs root, to mount a file system from a file';
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-power-'));
  try {
    const image = new Image(folder, 'probe', 4);
    image.mount();
    image.unmount();
    return null;
  } catch (error) {
    return `cannot mount a file system from a file: ${(error as Error).message.trim()}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A file with a file system in it. */
class Image {
  readonly file: string;
  readonly path: string;

  constructor(folder: string, name: string, megabytes: number | null) {
    this.file = join(folder, `${name}.img`);
    this.path = join(folder, name);
    mkdirSync(this.path);
    if (megabytes === null) return;
    must('truncate', '-s', `${megabytes}M`, this.file);
    must('mkfs.ext4', '-q', '-F', this.file);
  }

  /** `commit=300`: the kernel does not write out the journal on its own during the experiment. */
  mount(): void {
    must('mount', '-o', 'loop,commit=300', this.file, this.path);
  }

  unmount(): void {
    spawnSync('umount', ['-l', this.path]);
  }
}

interface Round {
  readonly acknowledged: number;
  readonly lost: number;
  readonly isSound: boolean;
  readonly words: readonly string[];
}

async function cutPower(seed: number, entry: string | undefined): Promise<Round> {
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-power-'));
  const [disk, after] = [new Image(folder, 'disk', IMAGE_MB), new Image(folder, 'after', null)];
  disk.mount();
  const host = new FaultHost({ entry, dataDir: join(disk.path, 'data') });
  try {
    await host.start();
    const traffic = new Traffic(host.apiUrl, host.adminToken, { seed, clients: CLIENTS, closers: 1, supervised: false, paceMs: PACE_MS });
    await traffic.furnish();
    spawnSync('sync', ['-f', disk.path]); // earlier data is on the disk in any case
    traffic.start();
    while (traffic.acknowledged < LEAST_ACKNOWLEDGED) await sleep(10);
    await sleep(randomFrom(seed).below(1200));
    host.signal('SIGSTOP');
    copyFileSync(disk.file, after.file);
    // Answers that reach the ledger after the copy were sent before it: a stopped host sends none.
    await host.end('SIGKILL');
    await traffic.stop('abandoned');
    after.mount();
    const found = audit(join(after.path, 'data', 'switchyard.db'), traffic.ledger);
    return {
      acknowledged: found.acknowledged,
      lost: found.broken.lost ?? 0,
      isSound: isSound(found),
      words: isSound(found) ? [] : [sumUp(found), ...found.words],
    };
  } finally {
    await host.dispose();
    for (const image of [disk, after]) image.unmount();
    rmSync(folder, { recursive: true, force: true });
  }
}

export interface PowerLossOptions {
  readonly seed: number;
  readonly rounds: number;
  /** maximum number of cuts; stops once enough of them have lost something */
  readonly controlRounds: number;
  /** number of cuts that must have lost something */
  readonly losing: number;
}

/** The real host loses nothing. A host that does not wait for the disk must lose something, otherwise the experiment detects nothing. */
export async function powerLoss({ seed, rounds, controlRounds, losing: needed }: PowerLossOptions): Promise<Finding> {
  const control = join(import.meta.dirname, 'mutants', 'syncs-normal.ts');
  const full: Round[] = [];
  const normal: Round[] = [];
  for (let n = 0; n < rounds; n++) full.push(await cutPower(seed + n, undefined));
  const losing = () => normal.filter(({ lost }) => lost > 0).length;
  for (let n = 0; n < controlRounds && losing() < needed; n++) normal.push(await cutPower(seed + n, control));
  const sum = (of: readonly Round[], what: 'acknowledged' | 'lost') => of.reduce((total, round) => total + round[what], 0);
  const isBlind = losing() < needed;
  return {
    isSound: full.every((round) => round.isSound) && !isBlind,
    figures:
      `FULL: ${rounds} cuts, ${sum(full, 'acknowledged')} acknowledged, ${sum(full, 'lost')} lost; ` +
      `control NORMAL: ${losing()} of ${normal.length} cuts lost, ${sum(normal, 'lost')} of ${sum(normal, 'acknowledged')}`,
    words: [
      ...full.flatMap(({ words }) => words),
      ...(isBlind ? [`the control lost nothing in ${normal.length - losing()} of ${normal.length} cuts: this experiment detects nothing here`] : []),
    ],
  };
}
