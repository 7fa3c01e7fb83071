/** Injects disk faults from outside with strace: the n-th call of the process's main thread fails, or the process is killed in it. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Null if it can be used here; otherwise the reason why not. */
export function noStrace(): string | null {
  const { status, error } = spawnSync('strace', ['-o', '/dev/null', 'true']);
  if (error) return 'needs strace';
  return status === 0 ? null : 'strace is not permitted to trace here';
}

export class Strace {
  readonly #child: ChildProcess;
  readonly #folder: string;

  private constructor(child: ChildProcess, folder: string) {
    this.#child = child;
    this.#folder = folder;
  }

  /**
   * Attaches and counts calls from now on, only those of the main thread, where the engine writes.
   * @param inject `fsync:error=EIO:when=3`
   */
  static async attach(pid: number, inject: string): Promise<Strace> {
    const folder = mkdtempSync(join(tmpdir(), 'switchyard-strace-'));
    const calls = inject.slice(0, inject.indexOf(':'));
    const child = spawn('strace', ['-p', String(pid), '-o', join(folder, 'log'), '-e', `trace=${calls}`, '-e', `inject=${inject}`], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const [said] = (await once(child.stderr, 'data')) as [Buffer];
    if (!said.toString().includes('attached')) throw new Error(`strace: ${said.toString()}`);
    return new Strace(child, folder);
  }

  /** Detaches. Returns how many calls were made to fail. */
  async detach(): Promise<number> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const ended = once(this.#child, 'exit');
      this.#child.kill('SIGINT');
      await ended;
    }
    const log = readFileSync(join(this.#folder, 'log'), 'utf8');
    rmSync(this.#folder, { recursive: true, force: true });
    return log.split('(INJECTED)').length - 1;
  }
}
