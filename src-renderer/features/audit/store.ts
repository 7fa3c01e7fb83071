import { create } from 'zustand';
import { attempt, type Failure, type Outcome } from '#link/attempt.ts';
import { boardStore } from '#link/board.ts';
import { client } from '#link/client.ts';
import { onLinkUp } from '#link/connection.ts';
import type { AuditEntry } from '#shared/contract/audit.ts';
import { type AuditFilters, queryOf } from './filters.ts';

interface Audit {
  /** null until loaded */
  readonly entries: readonly AuditEntry[] | null;
  readonly next_cursor: string | null;
  readonly failure: Failure | null;
  readonly isLoading: boolean;
  /** the list still shows other filters; the answer for these is on its way */
  readonly isStale: boolean;
}

const PAGE = 50;
/** Page size of an export, and the most entries it covers. */
const EXPORT_PAGE = 500;
const EXPORT_MOST = 50_000;
/** A quick series of changes causes one query. */
const SETTLED_MS = 250;

export const useAudit = create<Audit>(() => ({ entries: null, next_cursor: null, failure: null, isLoading: false, isStale: false }));

let asked = 0;

/** Fetches matching entries, from the newest or from the end of the list. Earlier requests are dropped. */
export async function load(filters: AuditFilters, more = false): Promise<void> {
  const { entries, next_cursor } = useAudit.getState();
  const mine = ++asked;
  useAudit.setState({ isLoading: true });
  const limit = more ? PAGE : Math.min(EXPORT_PAGE, Math.max(PAGE, entries?.length ?? 0));
  const outcome = await page(filters, limit, more ? next_cursor : null);
  if (mine !== asked) return;
  if (!outcome.ok) return useAudit.setState((was) => ({ entries: was.isStale ? null : was.entries, failure: outcome.problem, isLoading: false }));
  useAudit.setState({
    entries: more ? [...(entries ?? []), ...outcome.value.items] : outcome.value.items,
    next_cursor: outcome.value.next_cursor,
    failure: null,
    isLoading: false,
    isStale: false,
  });
}

const page = (filters: AuditFilters, limit: number, cursor: string | null) =>
  attempt((signal) => client.audit.query({ ...queryOf(filters), limit, ...(cursor && { cursor }) }, { signal }));

/** Loads, and reloads after each change, until the returned function is called. */
export function follow(filters: AuditFilters): () => void {
  useAudit.setState({ isStale: true });
  void load(filters);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = boardStore.subscribe((now, before) => {
    const parts = ['sources', 'weights', 'settings'] as const;
    const isSame = parts.every((part) => now.board?.[part] === before.board?.[part]) && sameOperators(now.board?.operators, before.board?.operators);
    if (isSame || timer) return;
    timer = setTimeout(() => {
      timer = undefined;
      void load(filters);
    }, SETTLED_MS);
  });
  const stopWaiting = onLinkUp(() => void load(filters));
  return () => {
    stop();
    stopWaiting();
    clearTimeout(timer);
  };
}

type Operators = NonNullable<ReturnType<typeof boardStore.getState>['board']>['operators'] | undefined;

/** Loads of operators change without an entry in this log. */
function sameOperators(now: Operators, before: Operators): boolean {
  if (now === before) return true;
  if (!now || !before) return false;
  const ids = Object.keys(now);
  return (
    ids.length === Object.keys(before).length &&
    ids.every((key) => {
      const [a, b] = [now[Number(key)], before[Number(key)]];
      return (
        a === b || (a?.name === b?.name && a?.max_load === b?.max_load && a?.is_archived === b?.is_archived && a?.active_changed_at === b?.active_changed_at)
      );
    })
  );
}

/**
 * Everything that matches the filters, newest first, up to `EXPORT_MOST`.
 * @param on called with the number fetched so far; returning false cancels
 */
export async function everything(
  filters: AuditFilters,
  on: (count: number) => boolean,
): Promise<Outcome<{ readonly entries: readonly AuditEntry[]; readonly isAll: boolean } | null>> {
  const entries: AuditEntry[] = [];
  let cursor: string | null = null;
  do {
    const outcome: Awaited<ReturnType<typeof page>> = await page(filters, EXPORT_PAGE, cursor);
    if (!outcome.ok) return outcome;
    entries.push(...outcome.value.items);
    cursor = outcome.value.next_cursor;
    if (!on(entries.length)) return { ok: true, value: null };
  } while (cursor !== null && entries.length < EXPORT_MOST);
  return { ok: true, value: { entries, isAll: cursor === null } };
}
