/** Paging for lists that are small enough to be read as a whole. */
import { z } from 'zod';
import { type Page, pageQuery } from '#shared/contract/entities.ts';
import { fail, ok, type Result } from '#shared/contract/problems.ts';

/** Like the query of long lists, but without a default limit. */
export const shortListQuery = z.object({ limit: pageQuery.shape.limit.unwrap().optional(), cursor: pageQuery.shape.cursor });
export type ShortListQuery = z.infer<typeof shortListQuery>;

type Key = readonly number[];

/** One page of `items`, ordered by unique keys. The cursor is the key of the previous page's last item. */
export function pageOf<T>(items: readonly T[], { limit, cursor }: ShortListQuery, keyOf: (item: T) => Key): Result<Page<T>> {
  const after = cursor?.split('.').map(Number);
  if (after?.some((part) => !Number.isSafeInteger(part))) {
    return fail('validation_failed', 'The cursor is not one that a list returned.', { errors: [{ path: 'cursor', message: 'unknown cursor' }] });
  }
  const rest = items.filter((item) => !after || compare(keyOf(item), after) > 0).sort((a, b) => compare(keyOf(a), keyOf(b)));
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return ok({ items: page, next_cursor: last !== undefined && page.length < rest.length ? keyOf(last).join('.') : null });
}

function compare(a: Key, b: Key): number {
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
