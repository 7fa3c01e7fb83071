import type { Logger } from 'pino';
import { type Log, openLog as open } from '../../../src-main/shells/log.ts';

export * from '../../../src-main/shells/log.ts';

export async function openLog(folder: string, verbose: boolean, now: () => number): Promise<Log> {
  const log = await open(folder, verbose, now);
  const error = log.logger.error.bind(log.logger) as (fields: object, message: string) => void;
  log.logger.error = ((fields: { err?: unknown }, message: string) => error({ ...fields, whole: String(fields.err) }, message)) as Logger['error'];
  return log;
}
