/**
 * The log: JSON lines in DATA_DIR/logs, one file per day, the newest fourteen kept; optionally also to stderr.
 * It refers to entities by id. Error texts may quote values, so anything that looks like a phone or an email is redacted,
 * and texts that quote unparsable input (as JSON.parse does) are dropped altogether.
 */
import { join } from 'node:path';
import { type Logger, multistream, pino, stdSerializers } from 'pino';
import roll from 'pino-roll';

export interface Log {
  readonly logger: Logger;
  /** Resolves when everything has been written. */
  close(): Promise<void>;
}

const FILES_KEPT = 14;
/** Maximum number of characters buffered while the disk accepts nothing; further lines are dropped. */
const MOST_UNWRITTEN = 1024 * 1024;

/** Opens the log. @param verbose also to stderr */
export async function openLog(folder: string, verbose: boolean, now: () => number): Promise<Log> {
  const file = await roll({
    file: join(folder, 'switchyard'),
    size: '20m',
    frequency: 'daily',
    dateFormat: 'yyyy-MM-dd',
    extension: '.log',
    mode: 0o600,
    maxLength: MOST_UNWRITTEN,
    limit: { count: FILES_KEPT, removeOtherLogFiles: true },
  });
  // A full disk must not stop the desk because of its log: failed writes are retried with the next line.
  let isFailing = false;
  file.on('error', () => {
    isFailing = true;
  });
  file.on('write', () => {
    isFailing = false;
  });
  const stream = {
    write: (line: string) => file.write(line),
    // for the last lines before a crash: on a full disk it would retry forever and block the process
    flushSync: () => {
      if (!isFailing) file.flushSync();
    },
  };
  const streams = [{ stream }, ...(verbose ? [{ stream: process.stderr }] : [])];
  const logger = pino(
    { base: { pid: process.pid }, timestamp: () => `,"time":"${new Date(now()).toISOString()}"`, serializers: { err: withoutPeople } },
    multistream(streams),
  );
  return {
    logger,
    close: () =>
      new Promise((resolve) => {
        file.once('close', resolve);
        file.end();
      }),
  };
}

function withoutPeople(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error }; // other thrown values may contain anything, including personal data
  const { type, message, stack } = stdSerializers.err(error);
  const { code } = error as NodeJS.ErrnoException;
  const places = stack.split('\n').filter((line) => line.startsWith('    at ')); // the preceding lines repeat the message
  return { type, code, message: error instanceof SyntaxError ? '[text]' : blot(message), stack: places.join('\n') };
}

/** Replaces anything that looks like a phone or an email. It may also replace other long numbers. */
export function blot(text: string): string {
  return text.replaceAll(/[^\s"'<>@,;()]+@[^\s"'<>@,;()]+/g, '[email]').replaceAll(/\+?\d[\d\s().-]{8,}\d/g, '[phone]');
}
