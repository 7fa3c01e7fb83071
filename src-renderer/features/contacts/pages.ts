/** Pages of the contacts that filters find, and the ids of all open ones among them. */
import type { ContactFilters } from '#kit/navigation/list-filters.ts';
import { ask, type Outcome } from '#link/attempt.ts';
import { client } from '#link/client.ts';
import type { PageOf } from '#link/list.ts';

export const page = (query: PageOf<ContactFilters>) => ask((signal) => client.listContacts.query(query, { signal }));

const PAGE = 500;
/** Maximum number of contacts to act on at once. */
const MOST = 5_000;

/** Ids in list order, including rows not loaded, up to MOST. */
export async function openIdsOf(filters: ContactFilters): Promise<Outcome<number[]>> {
  const ids: number[] = [];
  if (filters.status === 'closed') return { ok: true, value: ids };
  for (;;) {
    const outcome = await page({ ...filters, status: filters.status ?? 'open', after: ids.at(-1) ?? null, limit: PAGE });
    if (!outcome.ok) return outcome;
    if ('indexing' in outcome.value) return { ok: true, value: ids };
    for (const { id } of outcome.value.items) ids.push(id);
    if (!outcome.value.has_more || ids.length >= MOST) return { ok: true, value: ids.slice(0, MOST) };
  }
}
