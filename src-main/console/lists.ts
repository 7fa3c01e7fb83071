/** Lists and search, answered by the reading thread. */
import type { Engine } from '#engine/engine.ts';
import type { Exports } from '#reports/exports.ts';
import { insistent, type Reader } from '#reports/reader.ts';
import type { ListsHost } from '#shared/contract/lists.ts';

export function listsHost(engine: Engine, reader: Pick<Reader, 'ask'>, exports: Pick<Exports, 'begin'>, timeZone: () => string): ListsHost {
  const workspace = () => ({ phoneRegion: engine.board().settings.phone_region, timeZone: timeZone() });
  const ask = insistent(reader);
  return {
    listContacts: (query) => ask('listContacts', { ...workspace(), query }),
    listLeads: (query) => ask('listLeads', { ...workspace(), query }),
    exportContacts: (file) => exports.begin({ ...file, phone_region: engine.board().settings.phone_region }),
    find: (text, limit) => ask('find', { ...workspace(), text, limit }),
  };
}
