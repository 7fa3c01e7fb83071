import { handlesOf } from '#store/sqlite/handles.ts';
import { openStore as open, type Store, type Writing } from '../../../src-main/store/sqlite/open.ts';

export * from '../../../src-main/store/sqlite/open.ts';

const LATE_MS = 100;

/** A store whose transactions return before they are committed. */
export function openStore(...args: Parameters<typeof open>): Store {
  const store = open(...args);
  const tx = handlesOf(store.connection);
  store.transaction = <T>(work: (tx: Writing) => T): T => {
    if (!store.connection.inTransaction) {
      store.connection.exec('BEGIN IMMEDIATE');
      setTimeout(() => store.connection.open && store.connection.inTransaction && store.connection.exec('COMMIT'), LATE_MS);
    }
    return work(tx);
  };
  return store;
}
