import type { Engine } from '#engine/engine.ts';
import type { Reader } from '#reports/reader.ts';
import { hasIndex } from '#reports/search.ts';

/**
 * Has what is erased taken out of the index for searching at once, and now what a program that was killed in between had left there.
 * Answers how to stop.
 */
export function forgetErased(engine: Engine, reader: Reader, database: string, log: (error: unknown) => void): () => void {
  const forget = () => {
    if (hasIndex(database)) void reader.ask('forget', null).catch(log); // whoever searches next has it done then
  };
  forget();
  return engine.watch((changes) => {
    if (changes.length === 0 || changes.some(({ kind }) => kind === 'lead_erased')) forget();
  });
}
