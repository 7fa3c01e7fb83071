import { openStore as open, type Store } from '../../../src-main/store/sqlite/open.ts';

export * from '../../../src-main/store/sqlite/open.ts';

export function openStore(...args: Parameters<typeof open>): Store {
  const store = open(...args);
  store.connection.pragma('synchronous = NORMAL');
  return store;
}
