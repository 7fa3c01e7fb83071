import { expect, test } from 'vitest';
import { consolePrincipal } from '#shared/contract/principal.ts';
import { KeptDesk } from '#vault/testing/keeper.ts';
import { consoleRouter } from './router.ts';
import { consoleOf } from './testing/console.ts';

test('a console requests a report and pages through the contacts behind a figure', async () => {
  const desk = await (await KeptDesk.open()).filled(5);
  const console = consoleOf(desk);

  const period = { from: '2026-11-22', to: '2026-11-22' };
  const { table, ...answer } = await console.report({ query: { report: 'summary', ...period, group_by: 'source' } });
  expect(answer).toMatchObject({ row_count: 1, next_cursor: null, time_zone: 'UTC', revision: desk.engine.board().revision, query: { service_seconds: 20 } });
  expect(table.rows.map((row) => row.slice(0, 3))).toEqual([[1, 'Сайт', 5]]);

  const seen: unknown[] = [];
  let cursor: string | undefined;
  do {
    const page = await console.report({ query: { report: 'contacts', ...period }, page: { limit: 2, ...(cursor && { cursor }) } });
    expect(page.row_count).toBe(5);
    seen.push(...page.table.rows.map(([id]) => id));
    cursor = page.next_cursor ?? undefined;
  } while (cursor);
  expect(seen).toEqual([5, 4, 3, 2, 1]);
});

test.each([
  { query: { report: 'summary', from: '2026-11-23', to: '2026-11-22' }, wrong: 'must not be before from' },
  { query: { report: 'summary', from: '2026-02-30', to: '2026-11-22' }, wrong: 'Invalid ISO date' },
  { query: { report: 'summary', from: '1970-01-01', to: '2026-11-22' }, wrong: 'at most 3700 days' },
  { query: { report: 'summary', from: '2026-11-22', to: '2026-11-22', hours: [24] }, wrong: 'expected number to be <=23' },
  { query: { report: 'gossip', from: '2026-11-22', to: '2026-11-22' }, wrong: 'Invalid option' },
])('an invalid query is refused: $wrong', async ({ query, wrong }) => {
  const console = consoleRouter.createCaller({ host: {} as never, principal: consolePrincipal });
  await expect(console.report({ query: query as never })).rejects.toThrow(wrong);
});
