import type { Engine } from '#engine/core/engine.ts';
import type { Reader } from '#reports/reader.ts';
import { hasIndex } from '#reports/search.ts';

/**
 * Removes erased leads from the full-text index right away, and at the start those that a killed process left there.
 * Returns a function that stops it.
 */
export function forgetErased(engine: Engine, reader: Reader, database: string, log: (error: unknown) => void): () => void {
  const forget = () => {
    if (hasIndex(database)) void reader.ask('forget', null).catch(log); // on failure, the next search removes them
  };
  forget();
  return engine.watch((changes) => {
    if (changes.length === 0 || changes.some(({ kind }) => kind === 'lead_erased')) forget();
  });
}
