import { describe, expect, test } from 'vitest';
import { type Cell, type Column, type ColumnKey, type Report, type ReportQuery, reportQuery } from './contract/reports.ts';
import { drillOf } from './report-drill.ts';

const query = (more: Partial<ReportQuery>): ReportQuery => reportQuery.parse({ report: 'summary', from: '2026-10-20', to: '2026-11-22', ...more });

const at = (time: string) => Date.parse(time);

function report(
  asked: Partial<ReportQuery>,
  keys: readonly ColumnKey[],
  rows: readonly (readonly Cell[])[],
  total: readonly Cell[] | null = null,
  time_zone = 'Europe/Berlin',
): Report {
  const columns = keys.map((key): Column => ({ key, type: 'integer' }));
  const answered = { ...query(asked), service_seconds: 20 };
  return { query: answered, table: { columns, rows, total }, row_count: rows.length, next_cursor: null, at: 0, revision: 1, time_zone };
}

describe('the contacts behind a number', () => {
  test('are those of its row and its measure', () => {
    const shown = report(
      { group_by: 'operator', hours: [9] },
      ['operator_id', 'operator', 'received', 'late', 'wait_p90'],
      [[7, 'Анна', 12, 0, 900]],
      [null, null, 12, 0, 900],
    );
    const drill = drillOf(shown);
    const list = { ...shown.query, report: 'contacts', measure: 'received' };
    expect(drill(shown.table.rows[0] ?? [], 2)).toEqual({ ...list, operator_ids: [7] });
    expect(drill(null, 2)).toEqual(list);
    expect(drill(shown.table.rows[0] ?? [], 3), 'nothing was counted').toBeNull();
    expect(drill(shown.table.rows[0] ?? [], 4), 'no number of contacts').toBeNull();
  });

  test('of nobody yet are the waiting ones', () => {
    const shown = report({ group_by: 'operator' }, ['operator_id', 'operator', 'waiting'], [[null, null, 3]]);
    expect(drillOf(shown)(shown.table.rows[0] ?? [], 2)).toMatchObject({ measure: 'waiting', operator_ids: [0] });
  });

  test('of an hour of the week, of a class of waits, and of an operator drawn', () => {
    const map = report({ report: 'heat_map' }, ['weekday', 'hour', 'received'], [[3, 14, 5]]);
    expect(drillOf(map)(map.table.rows[0] ?? [], 2)).toMatchObject({ report: 'contacts', weekdays: [3], hours: [14] });
    const waits = report(
      { report: 'waits' },
      ['wait_from', 'wait_to', 'received'],
      [
        [0, 1, 5],
        [86_400_000, null, 2],
      ],
    );
    expect(drillOf(waits)(waits.table.rows[0] ?? [], 2)).toMatchObject({ wait_from_ms: 0, wait_to_ms: 1 });
    expect(drillOf(waits)(waits.table.rows[1] ?? [], 2)).not.toHaveProperty('wait_to_ms');
    const draws = report({ report: 'fairness' }, ['operator_id', 'operator', 'drawn'], [[4, 'Борис', 9]]);
    expect(drillOf(draws)(draws.table.rows[0] ?? [], 2)).toMatchObject({ measure: 'drawn', operator_ids: [4] });
  });

  test('of an hour of a day, in the time zone of the workspace', () => {
    const hours = report({ report: 'load' }, ['at', 'received'], [[at('2026-10-24T23:00:00Z'), 1]]);
    const list = drillOf(hours)(hours.table.rows[0] ?? [], 1);
    expect(list).toMatchObject({ from: '2026-10-25', to: '2026-10-25', hours: [1] });
    expect(list).not.toHaveProperty('since');
  });

  test('of each of the two hours that have the same local time in autumn', () => {
    const hours = report(
      { report: 'load' },
      ['at', 'received'],
      [
        [at('2026-10-25T00:00:00Z'), 2],
        [at('2026-10-25T01:00:00Z'), 3],
        [at('2026-10-25T02:00:00Z'), 4],
      ],
    );
    const drill = drillOf(hours);
    const two = { from: '2026-10-25', to: '2026-10-25', hours: [2] };
    expect(drill(hours.table.rows[0] ?? [], 1)).toMatchObject({ ...two, since: '2026-10-25T00:00:00.000Z', until: '2026-10-25T01:00:00.000Z' });
    expect(drill(hours.table.rows[1] ?? [], 1)).toMatchObject({ ...two, since: '2026-10-25T01:00:00.000Z', until: '2026-10-25T02:00:00.000Z' });
    expect(drill(hours.table.rows[2] ?? [], 1)).toMatchObject({ hours: [3] });
  });

  test('of the half hour that occurs twice on Lord Howe Island', () => {
    const hours = report(
      { report: 'load' },
      ['at', 'received'],
      [
        [at('2026-04-04T14:00:00Z'), 2],
        [at('2026-04-04T15:00:00Z'), 3],
      ],
      null,
      'Australia/Lord_Howe',
    );
    const drill = drillOf(hours);
    expect(drill(hours.table.rows[0] ?? [], 1)).toMatchObject({ hours: [1], since: '2026-04-04T14:00:00.000Z', until: '2026-04-04T15:00:00.000Z' });
    expect(drill(hours.table.rows[1] ?? [], 1)).toMatchObject({ hours: [1], since: '2026-04-04T15:00:00.000Z', until: '2026-04-04T15:30:00.000Z' });
  });
});
