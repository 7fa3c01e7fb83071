/** Lists and search, answered by the reading thread. */
import type { HostParts } from '#console/parts.ts';
import { insistent } from '#reports/reader.ts';
import type { HostOf } from '#shared/contract/call.ts';
import type { listCalls } from '#shared/contract/lists.ts';

export function listHost({ engine, reader, exports, info }: HostParts): HostOf<typeof listCalls> {
  const workspace = () => ({ phoneRegion: engine.board().settings.phone_region, timeZone: info().time_zone });
  const ask = insistent(reader);
  return {
    listContacts: (_principal, query) => ask('listContacts', { ...workspace(), query }),
    listLeads: (_principal, query) => ask('listLeads', { ...workspace(), query }),
    exportContacts: (_principal, file) => exports.begin({ ...file, phone_region: engine.board().settings.phone_region }),
    find: (_principal, { text, limit }) => ask('find', { ...workspace(), text, limit }),
  };
}
