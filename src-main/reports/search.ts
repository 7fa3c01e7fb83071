/** The full-text index, and a view of the database with the index attached. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { StillIndexing } from '#shared/contract/lists.ts';
import { latestRevision } from '#store/journal/journal.ts';
import type { Reading } from '#store/sqlite/open.ts';
import { openReadOnly, type ReadOnly } from '#store/sqlite/read-only.ts';
import { isDamaged, removeIndex, SearchIndex } from '#store/tables/search-index.ts';
import type { Steps } from './protocol.ts';

/** Time spent on updating the index before the caller is told its progress. */
const INDEXES_MS = 250;
/** The same when only contacts of some leads are reindexed: a repeated search would have to wait for later changes as well. */
const INDEXES_ANEW_MS = 5000;

/** Path of a database's index. */
export const indexBeside = (database: string): string => join(dirname(database), 'search.db');

export interface Search {
  /** Runs `ask` on a snapshot for which the index is up to date. Yields while updating it. A damaged index is rebuilt. */
  upToDate<T>(ask: (db: Reading) => T): Steps<T | StillIndexing>;
}

/** The search of a database through its full-text index, which is updated before each answer and rebuilt when damaged. */
export function openSearch(database: string): Search {
  let opened = open(database);
  function step<T>(ask: (db: Reading) => T, asked: { revision?: number }): { answer: T } | (StillIndexing & { isAnew: boolean }) {
    try {
      return opened.view.snapshot((db) => {
        asked.revision ??= latestRevision(db);
        const left = opened.index.step(db, asked.revision);
        return left ? { indexing: left.done / left.of, isAnew: left.isAnew } : { answer: ask(db) };
      });
    } catch (error) {
      if (!isDamaged(error)) throw error;
      opened.close();
      removeIndex(indexBeside(database));
      opened = open(database);
      return { indexing: 0, isAnew: false };
    }
  }
  return {
    *upToDate(ask) {
      const begin = performance.now();
      const asked = {};
      for (;;) {
        const come = step(ask, asked);
        if ('answer' in come) return come.answer;
        if (performance.now() - begin >= (come.isAnew ? INDEXES_ANEW_MS : INDEXES_MS)) return { indexing: come.indexing };
        yield;
      }
    },
  };
}

function open(database: string): { index: SearchIndex; view: ReadOnly; close: () => void } {
  const file = indexBeside(database);
  const index = new SearchIndex(file);
  const view = openReadOnly(database, { search: file });
  return {
    index,
    view,
    close: () => {
      view.close();
      index.close();
    },
  };
}

/** Whether an index exists, that is, whether anyone has ever searched here. */
export const hasIndex = (database: string): boolean => existsSync(indexBeside(database));
