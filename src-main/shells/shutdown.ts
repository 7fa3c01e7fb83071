/** Ends the process in order when the system or the user asks: what is in flight is finished, then exit 0. */
import type { RunningHost } from './compose.ts';
import { EXIT } from './exit-codes.ts';

/** Ours is promised within 5 s; committed work is safe at every moment, so the clock wins over tidiness. */
const STOP_WITHIN_MS = 4500;

export function stopOnSignals(host: RunningHost): void {
  const end = () => void stopAndExit(host, (code) => process.exit(code));
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  process.on('SIGHUP', end);
}

export async function stopAndExit(host: RunningHost, exit: (code: number) => void): Promise<void> {
  setTimeout(() => {
    host.log.error('stopping took too long');
    exit(0);
  }, STOP_WITHIN_MS).unref();
  try {
    await host.stop();
    exit(0);
  } catch (error) {
    process.stderr.write(`${String(error)}\n`);
    exit(EXIT.failure);
  }
}
