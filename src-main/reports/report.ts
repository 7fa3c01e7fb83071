/** Computes a report: from the query to the table. */
import type { Report, Table } from '#shared/contract/reports.ts';
import { DAY_MS } from '#shared/time.ts';
import { capacityFacts, mergeFacts, messageFacts, names, refusedFacts, tagsOfOperators } from '#store/tables/facts.ts';
import { contactRows, contactTable, type Listed, listed } from './contacts.ts';
import { fairness } from './fairness.ts';
import type { Names } from './groups.ts';
import { heatMap } from './heat-map.ts';
import { History } from './history.ts';
import { load } from './load.ts';
import type { Steps } from './protocol.ts';
import { type Asked, type Scope, scopeOf } from './scope.ts';
import type { Sources } from './sources.ts';
import { summary } from './summary.ts';
import { waits } from './waits.ts';

export interface ReportInput extends Asked {
  /** only for a list of contacts */
  readonly page: { readonly limit: number; readonly cursor?: string | undefined };
}

/** Cached history of each database. */
const read = new WeakMap<Sources, History>();
/** Reads in progress. Questions asked meanwhile wait for the same read. */
const reading = new WeakMap<Sources, Steps<History>>();

/** The history, up to date with the last commit. */
function* historyOf(from: Sources): Steps<History> {
  const known = read.get(from);
  if (known?.catchUp(from.database)) return known;
  read.delete(from);
  const steps = reading.get(from) ?? History.read(from.database);
  reading.set(from, steps);
  for (;;) {
    const other = read.get(from);
    if (other) return other;
    try {
      const { done, value } = steps.next();
      if (!done) {
        yield value;
        continue;
      }
      reading.delete(from);
      if (value) read.set(from, value);
      return yield* historyOf(from); // more may have been committed since
    } catch (error) {
      reading.delete(from);
      throw error;
    }
  }
}

/** Inputs of a report. */
export interface Prepared {
  readonly history: History;
  readonly scope: Scope;
  readonly names: Names;
}

/** Reads the history and turns the query into a scope. */
export function* prepare(from: Sources, asked: Asked): Steps<Prepared> {
  const known = yield* historyAndNames(from);
  return { ...known, scope: scopeOf(known.history, asked) };
}

/** The committed history, and the names of operators and sources. */
export function* historyAndNames(from: Sources): Steps<Pick<Prepared, 'history' | 'names'>> {
  const history = yield* historyOf(from);
  const db = from.database.reading;
  const known: Names = { operators: names(db, 'operators'), sources: names(db, 'sources'), tags: tagsOfOperators(db) };
  for (const id of known.operators.keys()) history.operators.of(id);
  for (const id of known.sources.keys()) history.sources.of(id);
  return { history, names: known };
}

/** The table of any report except the list of contacts, which is produced page by page. */
export function* tableFor(from: Sources, { history, scope, names: known }: Prepared): Steps<Table> {
  const db = from.database.reading;
  switch (scope.query.report) {
    case 'summary': {
      const [begin, end] = [(scope.firstDay - 2) * DAY_MS, (scope.lastDay + 3) * DAY_MS];
      return summary(history, scope, {
        names: known,
        capacities: capacityFacts(db),
        merges: mergeFacts(db, begin, end),
        refused: refusedFacts(db, begin, end),
        messages: messageFacts(db, begin, end),
      });
    }
    case 'heat_map':
      return heatMap(history, scope);
    case 'waits':
      return waits(history, scope);
    case 'load':
      return load(history, scope, capacityFacts(db));
    case 'fairness':
      return yield* fairness(history, scope, known.operators);
    case 'contacts':
      throw new Error('a list of contacts is made page by page');
  }
}

/** Answers a report query. A list of contacts comes page by page; other reports are complete. */
export function* report(from: Sources, input: ReportInput): Steps<Report> {
  const prepared = yield* prepare(from, input);
  const { history, scope, names: known } = prepared;
  const answer = {
    query: { ...input.query, service_seconds: input.service_seconds },
    at: input.now,
    revision: history.revision,
    time_zone: input.time_zone,
  };
  if (scope.query.report !== 'contacts') {
    const table = yield* tableFor(from, prepared);
    return { ...answer, table, row_count: table.rows.length, next_cursor: null };
  }
  const all = listed(history, scope);
  const start = placeOf(all, input.page.cursor);
  const end = Math.min(start + input.page.limit, all.ids.length);
  const table = contactTable(contactRows(from.database.reading, history, known, all.contacts.subarray(start, end)));
  return { ...answer, table, row_count: all.ids.length, next_cursor: end < all.ids.length ? String(all.ids[end - 1]) : null };
}

/** Index at which the list continues after a cursor. The cursor is the id of the last row returned; new rows are added before it. */
function placeOf({ ids }: Listed, cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const place = ids.findIndex((id) => id < Number(cursor));
  return place === -1 ? ids.length : place;
}
