import { describe, expect, test } from 'vitest';
import { saveLead } from '#engine/leads/leads.ts';
import { value } from '#engine/testing/desk.ts';
import { type AuditQuery, auditQuery } from '#shared/contract/audit.ts';
import { openedDesk } from '#vault/testing/opened.ts';
import { audit } from './audit.ts';
import { saveWeights } from './competences.ts';
import { importOperators } from './import-operators.ts';
import { updateOperator } from './operators.ts';
import { savePreset } from './presets.ts';
import { revokeSourceKey } from './sources.ts';
import { undoChange } from './undo-change.ts';

async function scene() {
  const { desk, bot } = await openedDesk();
  const [anna, boris] = [await desk.operator('Анна'), await desk.operator('Борис')];
  const site = await desk.source('Сайт');
  desk.now += 24 * 3_600_000;
  value(
    await desk.engine.write('console', (write) =>
      saveWeights(write, [
        { operator_id: anna, source_id: bot, weight: 1 },
        { operator_id: boris, source_id: bot, weight: 2 },
        { operator_id: anna, source_id: site, weight: 3 },
      ]),
    ),
  );
  const look = (query: Partial<AuditQuery> = {}) => value(audit(desk.engine.read, auditQuery.parse(query), 'Europe/Moscow'));
  return { desk, bot, site, anna, boris, look };
}

describe('the audit log', () => {
  test('shows what was done at once as one step, newest first, and of many weights those that changed', async () => {
    const { bot, site, anna, boris, look } = await scene();
    const { items, next_cursor } = look();
    expect(items.map(({ actor, changes }) => [actor, changes.map(({ kind }) => kind)])).toEqual([
      ['console', ['competences_replaced', 'competence_saved']],
      ['admin', ['source_saved', 'source_keys_changed']],
      ['admin', ['operator_saved']],
      ['admin', ['operator_saved']],
      ['admin', ['source_saved', 'source_keys_changed']],
    ]);
    expect(next_cursor).toBeNull();
    expect(items[0]?.changes).toMatchObject([
      { source_id: bot, data: { before: { [anna]: null, [boris]: null }, after: { [anna]: 1, [boris]: 2 }, weights: 2 } },
      { source_id: site, operator_id: anna, data: { before: null, after: 3 } },
    ]);
  });

  test('is filtered by topic, actor, operator, source and time', async () => {
    const { bot, site, boris, look } = await scene();
    const count = (query: Partial<AuditQuery>) => look(query).items.length;
    expect([count({ topic: 'operators' }), count({ topic: 'sources' }), count({ topic: 'weights' }), count({ topic: 'leads' })]).toEqual([2, 2, 1, 0]);
    expect([count({ actor: 'admin' }), count({ actor: 'console' }), count({ actor: 'bot' })]).toEqual([4, 1, 0]);
    expect([count({ operator_id: boris }), count({ source_id: bot }), count({ source_id: site })]).toEqual([2, 2, 2]);
    expect([count({ from: '2026-11-23' }), count({ to: '2026-11-22' }), count({ from: '2026-11-22', to: '2026-11-23' })]).toEqual([1, 4, 5]);
  });

  test('comes in pages without gaps or repeats, however many rows a step has', async () => {
    const { desk, look } = await scene();
    value(
      await desk.do((write) =>
        importOperators(
          write,
          Array.from({ length: 30 }, (_, nth) => ({ name: `n${nth}`, weights: [{ source_id: 1, weight: nth }] })),
        ),
      ),
    );
    value(await desk.do((write) => saveLead(write, { external_id: 'not of interest' })));
    const all = look().items.map(({ revision }) => revision);
    expect(all).toHaveLength(6);
    const paged: number[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = look({ limit: 2, cursor });
      paged.push(...page.items.map(({ revision }) => revision));
      if (page.next_cursor === null) break;
      cursor = page.next_cursor;
    }
    expect(paged).toEqual(all);
  });

  test('says what can still be undone, and which step undid which', async () => {
    const { desk, bot, anna, look } = await scene();
    value(await desk.do((write) => updateOperator(write, anna, { max_load: 3 })));
    const [limit] = look().items;
    expect(limit?.is_undoable).toBe(true);
    value(await desk.do((write) => undoChange(write, limit?.revision ?? 0)));
    const [undone, before] = look().items;
    expect([undone?.undoes, undone?.is_undoable, before?.revision, before?.is_undoable]).toEqual([limit?.revision, true, limit?.revision, false]);
    value(await desk.do((write) => revokeSourceKey(write, bot, 1)));
    expect(look().items[0]).toMatchObject({ changes: [{ kind: 'source_keys_changed' }], is_undoable: false });
  });

  test('names presets without their weights', async () => {
    const { desk, look } = await scene();
    value(await desk.do((write) => savePreset(write, 'Ночь', true)));
    expect(look({ topic: 'presets' }).items[0]?.changes[0]?.data).toMatchObject({ before: null, after: { name: 'Ночь' } });
  });
});
