/** Ends the process cleanly on request of the system or the user: finishes pending work, then exits with 0. */
import type { RunningHost } from './compose.ts';
import { EXIT } from './exit-codes.ts';

/** Exit is guaranteed within 5 s. Committed work is always safe, so the time limit takes precedence over a complete shutdown. */
const STOP_WITHIN_MS = 4500;

/** Stops the host and exits on SIGINT and SIGTERM. */
export function stopOnSignals(host: RunningHost): void {
  const end = () => void stopAndExit(host, (code) => process.exit(code));
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  process.on('SIGHUP', end);
}

/** Stops the host and exits, after a deadline even if stopping has not finished. */
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
