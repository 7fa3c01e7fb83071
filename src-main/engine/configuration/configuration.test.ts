import { describe, expect, test } from 'vitest';
import { closeContact } from '#engine/contacts/contacts.ts';
import { type Desk, value } from '#engine/testing/desk.ts';
import * as queries from '#engine/views/queries.ts';
import type { OperatorPatch } from '#shared/contract/entities.ts';
import { adminPrincipal } from '#shared/contract/principal.ts';
import { defaultHours } from '#shared/operator-hours.ts';
import { openedDesk } from '#vault/testing/opened.ts';
import { replaceCompetences, setCompetence } from './competences.ts';
import { archiveOperator, createOperator, updateOperator } from './operators.ts';
import { addSourceKey, archiveSource, createSource, revokeSourceKey, updateSource } from './sources.ts';

const code = (result: { ok: true } | { ok: false; problem: { code: string } }) => (result.ok ? 'ok' : result.problem.code);
const submitted = async (desk: Desk, source: number, external_id: string) => value(await desk.submit(source, { external_id })).contact;

describe('operators', () => {
  test('are created, listed and changed', async () => {
    const { desk } = await openedDesk();
    const made = value(await desk.do((write) => createOperator(write, { name: 'Анна', is_active: true, max_load: 3 })));
    expect(made).toEqual({
      id: 1,
      name: 'Анна',
      is_active: true,
      inactive_reason: null,
      max_load: 3,
      current_load: 0,
      tags: [],
      is_archived: false,
      created_at: '2026-11-22T09:15:00.000Z',
      ...defaultHours,
      state: { since: '2026-11-22T09:15:00.000Z', by: null, reason: null, until: null },
    });
    const changed = value(await desk.do((write) => updateOperator(write, 1, { name: 'Анна К.', is_active: false, max_load: 0 })));
    expect(changed).toEqual({ ...made, name: 'Анна К.', is_active: false, max_load: 0, state: { ...made.state, by: 'admin' } });
    expect([queries.operators(desk.engine.read), value(queries.operator(desk.engine.read, 1)), code(queries.operator(desk.engine.read, 2))]).toEqual([
      [changed],
      changed,
      'not_found',
    ]);
  });

  test('have unique names, ignoring case and archived operators', async () => {
    const { desk } = await openedDesk();
    const create = (name: string) => desk.do((write) => createOperator(write, { name, is_active: true, max_load: 3 }));
    const [anna, boris] = [value(await create('Анна')), value(await create('Борис'))];
    expect(await create('АННА')).toMatchObject({ ok: false, problem: { code: 'name_taken', params: { name: 'АННА' } } });
    expect(code(await desk.do((write) => updateOperator(write, boris.id, { name: 'анна' })))).toBe('name_taken');
    expect(value(await desk.do((write) => updateOperator(write, anna.id, { name: 'АННА' }))).name).toBe('АННА');
    value(await desk.do((write) => archiveOperator(write, anna.id)));
    expect(value(await desk.do((write) => updateOperator(write, boris.id, { name: 'анна' }))).name).toBe('анна');
  });

  test('that already have the given values make no revision', async () => {
    const { desk } = await openedDesk();
    const anna = await desk.operator('Анна', 3);
    const { revision } = desk.engine.board();
    value(await desk.do((write) => updateOperator(write, anna, { name: 'Анна', is_active: true, max_load: 3 })));
    value(await desk.do((write) => updateOperator(write, anna, {})));
    expect(desk.engine.board().revision).toBe(revision);
  });

  test('show since when they have been active or inactive', async () => {
    const { desk } = await openedDesk();
    const anna = await desk.operator('Анна', 3);
    const since = () => desk.engine.board().operators[anna]?.active_changed_at;
    const start = desk.now;
    desk.now += 1000;
    value(await desk.do((write) => updateOperator(write, anna, { max_load: 5 })));
    const untouched = since();
    value(await desk.do((write) => updateOperator(write, anna, { is_active: false })));
    expect([untouched, since()]).toEqual([start, start + 1000]);
  });

  test('may have a reason for being inactive, which is cleared when they become active', async () => {
    const { desk } = await openedDesk();
    const anna = await desk.operator('Анна', 3);
    const shown = () => {
      const { is_active, inactive_reason, active_changed_at } = desk.engine.board().operators[anna] ?? {};
      return [is_active, inactive_reason, active_changed_at];
    };
    const start = desk.now;
    const patch = (input: OperatorPatch) => desk.do((write) => updateOperator(write, anna, input));
    expect((await patch({ inactive_reason: 'break' })).ok).toBe(false);
    desk.now += 1000;
    value(await patch({ is_active: false, inactive_reason: 'break' }));
    expect(shown()).toEqual([false, 'break', start + 1000]);
    desk.now += 1000;
    value(await patch({ max_load: 4 }));
    expect(shown()).toEqual([false, 'break', start + 1000]);
    value(await patch({ inactive_reason: 'training' }));
    expect(shown()).toEqual([false, 'training', start + 2000]);
    value(await patch({ is_active: true }));
    expect(shown()).toEqual([true, null, start + 2000]);
  });

  test('may get a max_load below their load: no contact is taken away, and none is added until the load is below it', async () => {
    const { desk, bot } = await openedDesk();
    const anna = await desk.operator('Анна', 3);
    await desk.weights(bot, { [anna]: 1 });
    const held = [await submitted(desk, bot, 'tg-1'), await submitted(desk, bot, 'tg-2'), await submitted(desk, bot, 'tg-3')];
    expect(value(await desk.do((write) => updateOperator(write, anna, { max_load: 2 })))).toMatchObject({ max_load: 2, current_load: 3 });
    expect(await submitted(desk, bot, 'tg-4')).toMatchObject({ status: 'waiting', waiting_reason: 'all_full' });
    const loads: unknown[] = [];
    for (const { id } of held) {
      value(await desk.do((write) => closeContact(write, id)));
      loads.push([desk.engine.board().operators[anna]?.load, desk.engine.board().waiting[bot] ?? 0]);
    }
    expect(loads).toEqual([
      [2, 1],
      [2, 0],
      [1, 0],
    ]);
  });

  test('cannot be archived while they hold contacts; archiving removes their competences, and their history stays', async () => {
    const { desk, bot } = await openedDesk();
    const site = await desk.source('Site');
    const anna = await desk.operator('Анна', 3);
    await desk.weights(bot, { [anna]: 1 });
    await desk.weights(site, { [anna]: 2, [await desk.operator('Борис', 3)]: 5 });
    const contact = await submitted(desk, bot, 'tg-1');
    const archive = () => desk.do((write) => archiveOperator(write, anna));
    expect(await archive()).toMatchObject({ ok: false, problem: { code: 'operator_holds_contacts', params: { name: 'Анна', load: 1 } } });
    expect(desk.engine.board().weights).toEqual({ [bot]: { [anna]: 1 }, [site]: { [anna]: 2, 2: 5 } });
    value(await desk.do((write) => closeContact(write, contact.id)));
    expect(value(await archive())).toMatchObject({ is_active: false, is_archived: true });
    expect(desk.engine.board().weights).toEqual({ [site]: { 2: 5 } });
    expect(queries.competences(desk.engine.read, {})).toEqual([{ operator_id: 2, source_id: site, weight: 5, line: 1 }]);
    expect(value(queries.contact(desk.engine.read, contact.id, adminPrincipal)).operator).toEqual({ id: anna, name: 'Анна' });
    expect([code(await archive()), code(await desk.do((write) => updateOperator(write, anna, { is_active: true })))]).toEqual(['not_found', 'not_found']);
    const detail = `The operator ${anna} is archived: it can be read, but not used or changed until it is restored in the console.`;
    expect(await desk.do((write) => setCompetence(write, anna, bot, 1))).toMatchObject({
      problem: { code: 'not_found', detail, params: { state: 'archived' } },
    });
    expect(await desk.do((write) => updateOperator(write, 77, {}))).toMatchObject({ problem: { detail: 'There is no operator 77.' } });
    expect(code(await desk.submit(bot, { external_id: 'tg-2' }))).toBe('source_has_no_competences');
  });
});

describe('competences', () => {
  test('are set, changed and removed one by one', async () => {
    const { desk, bot } = await openedDesk();
    const anna = await desk.operator('Анна');
    const set = (weight: number | null) => desk.do((write) => setCompetence(write, anna, bot, weight));
    const seen: unknown[] = [];
    for (const weight of [0, 1000, null]) {
      value(await set(weight));
      seen.push(queries.competences(desk.engine.read, { source_id: bot }).map((pair) => pair.weight));
    }
    expect(seen).toEqual([[0], [1000], []]);
    expect(await set(null)).toMatchObject({ ok: false, problem: { code: 'not_found', params: { what: 'competence' } } });
  });

  test('that already have the given weight make no revision', async () => {
    const { desk, bot } = await openedDesk();
    const anna = await desk.operator('Анна');
    await desk.weights(bot, { [anna]: 5 });
    const { revision } = desk.engine.board();
    await desk.weights(bot, { [anna]: 5 });
    expect(desk.engine.board().revision).toBe(revision);
  });

  test('of a source are replaced in one step: one change, and those not named are removed', async () => {
    const { desk, bot } = await openedDesk();
    const [anna, boris, vera] = [await desk.operator('Анна'), await desk.operator('Борис'), await desk.operator('Вера')];
    await desk.weights(bot, { [anna]: 5, [boris]: 6 });
    const kinds: string[] = [];
    desk.engine.watch((changes) => kinds.push(...changes.map(({ kind }) => kind)));
    value(
      await desk.do((write) =>
        replaceCompetences(write, bot, [
          { operator_id: vera, weight: 1 },
          { operator_id: boris, weight: 0 },
        ]),
      ),
    );
    expect([kinds, desk.engine.board().weights]).toEqual([['competences_replaced'], { [bot]: { [boris]: 0, [vera]: 1 } }]);
    expect(queries.competences(desk.engine.read, { operator_id: boris })).toEqual([{ operator_id: boris, source_id: bot, weight: 0, line: 1 }]);
    expect(desk.rows("SELECT actor, source_id, data FROM journal WHERE kind = 'competences_replaced'")).toEqual([
      { actor: 'admin', source_id: bot, data: JSON.stringify({ before: { [anna]: 5, [boris]: 6 }, after: { [boris]: 0, [vera]: 1 }, step: 8 }) },
    ]);
    value(await desk.do((write) => replaceCompetences(write, bot, [])));
    expect(desk.engine.board().weights).toEqual({});
  });

  test('need an operator and a source in use; otherwise nothing changes', async () => {
    const { desk, bot } = await openedDesk();
    const [anna, gone] = [await desk.operator('Анна'), await desk.operator('Борис')];
    const closed = await desk.source('Site');
    value(await desk.do((write) => archiveOperator(write, gone)));
    value(await desk.do((write) => archiveSource(write, closed)));
    await desk.weights(bot, { [anna]: 5 });
    const before = desk.engine.board();
    const set = (operator: number, source: number) => desk.do((write) => setCompetence(write, operator, source, 1));
    const replace = (operator: number, source: number) =>
      desk.do((write) =>
        replaceCompetences(write, source, [
          { operator_id: anna, weight: 1 },
          { operator_id: operator, weight: 1 },
        ]),
      );
    const results = [
      await set(gone, bot),
      await set(anna, closed),
      await set(99, bot),
      await set(anna, 99),
      await replace(gone, bot),
      await replace(99, bot),
      await replace(anna, closed),
    ];
    expect([results.map(code), desk.engine.board()]).toEqual([results.map(() => 'not_found'), before]);
  });
});

describe('sources', () => {
  test('are created with a key that is shown once, listed and changed', async () => {
    const { desk } = await openedDesk();
    const made = value(await desk.do((write) => createSource(write, { name: 'Site', settings: { colour: 'red', n: 1 } })));
    const { api_key, ...source } = made;
    expect(source).toEqual({
      id: 2,
      name: 'Site',
      external_ids: 'shared',
      settings: { colour: 'red', n: 1 },
      keys: [{ id: 2, hint: api_key.slice(-4), created_at: '2026-11-22T09:15:00.000Z', last_used_at: null }],
      is_archived: false,
      created_at: '2026-11-22T09:15:00.000Z',
    });
    expect(value(queries.source(desk.engine.read, 2))).toEqual(source);
    expect(value(await desk.do((write) => updateSource(write, 2, { name: 'Shop', settings: {} })))).toEqual({ ...source, name: 'Shop', settings: {} });
    expect(queries.sources(desk.engine.read).map(({ name }) => name)).toEqual(['Bot', 'Shop']);
    expect(code(await desk.do((write) => updateSource(write, 9, {})))).toBe('not_found');
  });

  test('have unique names, ignoring case and archived sources', async () => {
    const { desk, bot } = await openedDesk();
    const create = (name: string) => desk.do((write) => createSource(write, { name, settings: {} }));
    const site = value(await create('Сайт'));
    expect([code(await create('bOT')), code(await create('САЙТ')), code(await desk.do((write) => updateSource(write, site.id, { name: 'BOT' })))]).toEqual([
      'name_taken',
      'name_taken',
      'name_taken',
    ]);
    value(await desk.do((write) => archiveSource(write, bot)));
    expect(code(await create('BOT'))).toBe('ok');
  });

  test('only the hash and the last four characters of a key are stored', async () => {
    const { desk } = await openedDesk();
    const { api_key } = value(await desk.do((write) => createSource(write, { name: 'Site', settings: {} })));
    const dump = JSON.stringify([desk.rows('SELECT * FROM source_keys'), desk.rows('SELECT * FROM journal'), desk.engine.board()]);
    expect([dump.includes(api_key), dump.includes(api_key.slice(0, -4).slice(0, 20))]).toEqual([false, false]);
  });

  test('have at most two keys; a revoked one stops working at once, the other continues', async () => {
    const { desk, bot } = await openedDesk();
    const first = value(queries.source(desk.engine.read, bot)).keys[0]?.id ?? 0;
    const second = value(await desk.do((write) => addSourceKey(write, bot)));
    expect(await desk.do((write) => addSourceKey(write, bot))).toMatchObject({ ok: false, problem: { code: 'too_many_keys', params: { limit: 2 } } });
    expect(desk.engine.sourceOfKey(second.api_key)).toBe(bot);
    value(await desk.do((write) => revokeSourceKey(write, bot, second.id)));
    expect(desk.engine.sourceOfKey(second.api_key)).toBe(null);
    const third = value(await desk.do((write) => addSourceKey(write, bot)));
    value(await desk.do((write) => revokeSourceKey(write, bot, first)));
    expect([desk.engine.sourceOfKey(third.api_key), value(queries.source(desk.engine.read, bot)).keys.map(({ id }) => id)]).toEqual([bot, [third.id]]);
    expect(code(await desk.do((write) => revokeSourceKey(write, bot, first)))).toBe('not_found');
  });

  test("cannot revoke another's key", async () => {
    const { desk, bot } = await openedDesk();
    const site = value(await desk.do((write) => createSource(write, { name: 'Site', settings: {} })));
    expect(code(await desk.do((write) => revokeSourceKey(write, bot, site.keys[0]?.id ?? 0)))).toBe('not_found');
    expect(desk.engine.sourceOfKey(site.api_key)).toBe(site.id);
  });

  test('are not found by an unknown key', async () => {
    const { desk } = await openedDesk();
    expect([desk.engine.sourceOfKey(''), desk.engine.sourceOfKey('sw_nobody')]).toEqual([null, null]);
  });

  test('that are archived lose their keys and accept nothing, and their waiting contacts are still distributed', async () => {
    const { desk } = await openedDesk();
    const site = value(await desk.do((write) => createSource(write, { name: 'Site', settings: {} })));
    const anna = await desk.operator('Анна', 1, false);
    await desk.weights(site.id, { [anna]: 1 });
    const waiting = await submitted(desk, site.id, 'tg-1');
    expect(value(await desk.do((write) => archiveSource(write, site.id)))).toMatchObject({ is_archived: true, keys: [] });
    expect([desk.engine.sourceOfKey(site.api_key), code(await desk.submit(site.id, { external_id: 'tg-2' }))]).toEqual([null, 'not_found']);
    value(await desk.do((write) => updateOperator(write, anna, { is_active: true })));
    expect(value(queries.contact(desk.engine.read, waiting.id, adminPrincipal))).toMatchObject({ status: 'assigned', operator_id: anna });
    const refused = [
      await desk.do((write) => archiveSource(write, site.id)),
      await desk.do((write) => updateSource(write, site.id, { name: 'x' })),
      await desk.do((write) => addSourceKey(write, site.id)),
    ];
    expect(refused.map(code)).toEqual(['not_found', 'not_found', 'not_found']);
    for (const result of refused) expect(result).toMatchObject({ problem: { detail: expect.stringContaining(`source ${site.id} is archived`) } });
  });
});
