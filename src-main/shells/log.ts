/**
 * The log: JSON lines in DATA_DIR/logs, a file a day, the newest fourteen kept; to stderr as well when asked.
 * It names things by their ids. Error texts may quote a value, so what looks like a phone or an email is blotted out of them,
 * and of those that quote a text that could not be read (JSON.parse does) nothing is kept.
 */
import { join } from 'node:path';
import { type Logger, multistream, pino, stdSerializers } from 'pino';
import roll from 'pino-roll';

export interface Log {
  readonly logger: Logger;
  /** Resolves when everything is in the file. */
  close(): Promise<void>;
}

const FILES_KEPT = 14;
/** Characters that may wait for a disk that takes nothing; further lines are dropped. */
const MOST_UNWRITTEN = 1024 * 1024;

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
  // A full disk must not end the desk for want of a log: what could not be written is tried again with the next line.
  let isFailing = false;
  file.on('error', () => {
    isFailing = true;
  });
  file.on('write', () => {
    isFailing = false;
  });
  const stream = {
    write: (line: string) => file.write(line),
    // of a crash's last words: on a full disk it would try for ever, and everything would stand still
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
  if (!(error instanceof Error)) return { type: typeof error }; // what else was thrown may be anything, a person's words too
  const { type, message, stack } = stdSerializers.err(error);
  const { code } = error as NodeJS.ErrnoException;
  const places = stack.split('\n').filter((line) => line.startsWith('    at ')); // the lines before repeat the message
  return { type, code, message: error instanceof SyntaxError ? '[text]' : blot(message), stack: places.join('\n') };
}

export function blot(text: string): string {
  return text.replaceAll(/[^\s"'<>@,;()]+@[^\s"'<>@,;()]+/g, '[email]').replaceAll(/\+?\d[\d\s().-]{8,}\d/g, '[phone]');
}
