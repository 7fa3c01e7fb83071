import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { moveContacts } from '#engine/contacts/contacts.ts';
import type { Answer, Write } from '#engine/core/write.ts';
import { Desk, value } from '#engine/testing/desk.ts';
import type { Board } from '#shared/board.ts';
import { SEED } from '#shared/testing/tables.ts';
import { openedDesk } from '#vault/testing/opened.ts';
import { audit } from './audit.ts';
import { replaceCompetences, saveWeights, setCompetence } from './competences.ts';
import { importOperators } from './import-operators.ts';
import { keepCase } from './kept-cases.ts';
import { archiveOperator, createOperator, restoreOperator, updateOperator } from './operators.ts';
import { applyPreset, presets, removePreset, savePreset } from './presets.ts';
import { saveSettings } from './settings.ts';
import { changeOperators } from './several-operators.ts';
import { addSourceKey, archiveSource, createSource, restoreSource, revokeSourceKey, updateSource } from './sources.ts';
import { undoChange } from './undo-change.ts';

/** Three operators with weights for two sources, and a preset. */
async function furnish(desk: Desk, bot: number) {
  const [anna, boris, vera] = [await desk.operator('Анна', 3), await desk.operator('Борис', 5), await desk.operator('Вера', 7)];
  const site = await desk.source('Сайт');
  await desk.weights(bot, { [anna]: 100, [boris]: 200 });
  await desk.weights(site, { [anna]: 10, [vera]: 30 });
  const preset = value(await desk.do((write) => savePreset(write, 'День', true)));
  return { desk, bot, site, anna, boris, vera, preset: preset.id };
}
type Scene = Awaited<ReturnType<typeof furnish>>;

async function scene(): Promise<Scene> {
  const { desk, bot } = await openedDesk();
  return furnish(desk, bot);
}

/** The whole configuration without times and without archived operators and sources. */
function configured({ desk }: { desk: Desk }) {
  const { operators, sources, weights, settings, cases } = desk.engine.board();
  const inUse = Object.values(operators as Board['operators']).filter(({ is_archived }) => !is_archived);
  const people = inUse.map(({ name, is_active, inactive_reason, max_load, is_archived }) => [name, is_active, inactive_reason, max_load, is_archived]);
  const rows = desk.rows('SELECT name, settings, external_ids, archived_at IS NULL AS used FROM sources ORDER BY id');
  const kept = presets(desk.engine.read).map(({ id, name, content }) => ({ id, name, content }));
  return structuredClone({ people, sources, rows, weights, settings, kept, cases });
}

const latestStep = (desk: Desk) =>
  desk.rows<{ step: number }>("SELECT json_extract(data, '$.step') AS step FROM journal ORDER BY revision DESC LIMIT 1")[0]?.step ?? 0;
const undo = (desk: Desk, revision = latestStep(desk)) => desk.do((write) => undoChange(write, revision));

const entryOf = ({ desk }: Scene, revision: number) => value(audit(desk.engine.read, { limit: 100 }, 'UTC')).items.find((entry) => entry.revision === revision);

const changes: Record<string, (s: Scene) => (write: Write) => Answer<unknown>> = {
  'a new name': (s) => (write) => updateOperator(write, s.anna, { name: 'Анна Петрова' }),
  'a limit and an absence with its reason': (s) => (write) => updateOperator(write, s.anna, { max_load: 9, is_active: false, inactive_reason: 'break' }),
  'an operator put into the archive': (s) => (write) => archiveOperator(write, s.anna),
  'several operators off line, for a reason': (s) => (write) =>
    changeOperators(write, { ids: [s.anna, s.boris], change: { do: 'take_off', reason: 'break', contacts: 'keep' } }),
  'limits of several operators': (s) => (write) => changeOperators(write, { ids: [s.anna, s.vera], change: { do: 'move_limit', by: -5 } }),
  'several operators put into the archive': (s) => (write) => changeOperators(write, { ids: [s.anna, s.vera], change: { do: 'archive' } }),
  'a weight': (s) => (write) => setCompetence(write, s.anna, s.bot, 7),
  'a weight removed': (s) => (write) => setCompetence(write, s.anna, s.bot, null),
  'all weights of a source': (s) => (write) => replaceCompetences(write, s.bot, [{ operator_id: s.vera, weight: 1 }]),
  'many weights at once': (s) => (write) =>
    saveWeights(write, [
      { operator_id: s.anna, source_id: s.bot, weight: 1 },
      { operator_id: s.vera, source_id: s.bot, weight: 2 },
      { operator_id: s.anna, source_id: s.site, weight: null },
    ]),
  'a source renamed': (s) => (write) => updateSource(write, s.bot, { name: 'Бот', settings: { rate_limit_per_second: 3 } }),
  'a source given external ids of its own': (s) => (write) => updateSource(write, s.bot, { external_ids: 'own' }),
  'a source put into the archive': (s) => (write) => archiveSource(write, s.bot),
  settings: () => (write) => saveSettings(write, { sounds: true, quiet_hours: null, port: 9000 }),
  'a case kept': (s) => (write) =>
    keepCase(write, null, {
      source_id: s.bot,
      attributes: {},
      owner_id: null,
      waited_seconds: 0,
      on_line: [s.anna],
      full: [],
      expected: { operator_id: s.anna },
    }),
  'a preset saved': () => (write) => savePreset(write, 'Ночь', false),
  'a preset removed': (s) => (write) => removePreset(write, s.preset),
  'an import that only changes': () => (write) =>
    importOperators(write, [
      { name: 'АННА', max_load: 1, is_active: false, weights: [] },
      { name: 'вера', weights: [{ source_id: 1, weight: 4 }] },
    ]),
};

describe('a change of configuration', () => {
  for (const [what, change] of Object.entries(changes))
    test(`is undone, and the undo is undone: ${what}`, async () => {
      const s = await scene();
      const before = configured(s);
      value(await s.desk.do(change(s)));
      const after = configured(s);
      expect(after).not.toEqual(before);
      value(await undo(s.desk));
      expect(configured(s)).toEqual(before);
      value(await undo(s.desk));
      expect(configured(s)).toEqual(after);
    });

  test('of a preset applied is one step, however many sources and limits it touches', async () => {
    const s = await scene();
    value(
      await s.desk.do((write) =>
        saveWeights(write, [
          { operator_id: s.anna, source_id: s.bot, weight: 1 },
          { operator_id: s.vera, source_id: s.site, weight: null },
        ]),
      ),
    );
    value(await s.desk.do((write) => updateOperator(write, s.boris, { max_load: 50 })));
    const night = configured(s);
    value(await s.desk.do((write) => applyPreset(write, s.preset)));
    expect(s.desk.engine.board().weights).toEqual({ [s.bot]: { [s.anna]: 100, [s.boris]: 200 }, [s.site]: { [s.anna]: 10, [s.vera]: 30 } });
    expect(s.desk.engine.board().operators[s.boris]?.max_load).toBe(5);
    value(await undo(s.desk));
    expect(configured(s)).toEqual(night);
  });

  test('that created something is undone by archiving it', async () => {
    const s = await scene();
    value(await s.desk.do((write) => importOperators(write, [{ name: 'Глеб', weights: [{ source_id: s.bot, weight: 5 }] }])));
    const gleb = Math.max(...Object.keys(s.desk.engine.board().operators).map(Number));
    expect(s.desk.engine.board().weights[s.bot]).toMatchObject({ [gleb]: 5 });
    value(await undo(s.desk));
    expect(s.desk.engine.board().operators[gleb]).toMatchObject({ is_archived: true, is_active: false });
    expect(s.desk.engine.board().weights[s.bot]).not.toHaveProperty(String(gleb));
    value(await s.desk.do((write) => createSource(write, { name: 'Новый', settings: {} })));
    value(await undo(s.desk));
    expect(Object.values(s.desk.engine.board().sources).at(-1)).toMatchObject({ name: 'Новый', is_archived: true });
  });

  test('is refused when it was changed again since, and nothing is undone', async () => {
    const s = await scene();
    value(
      await s.desk.do((write) =>
        saveWeights(write, [
          { operator_id: s.anna, source_id: s.bot, weight: 1 },
          { operator_id: s.anna, source_id: s.site, weight: 2 },
        ]),
      ),
    );
    const step = latestStep(s.desk);
    value(await s.desk.do((write) => setCompetence(write, s.anna, s.site, 3)));
    const before = configured(s);
    expect(await undo(s.desk, step)).toMatchObject({ ok: false, problem: { code: 'changed_since', params: { what: 'weights' } } });
    expect(configured(s)).toEqual(before);
  });

  test('that created something is refused when that was changed since, and undone when the later change was undone', async () => {
    const s = await scene();
    value(await s.desk.do((write) => createOperator(write, { name: 'Глеб', max_load: 1, is_active: true })));
    const hired = latestStep(s.desk);
    const gleb = Math.max(...Object.keys(s.desk.engine.board().operators).map(Number));
    value(await s.desk.do((write) => createSource(write, { name: 'Новый', settings: { greeting: 'hello' } })));
    const opened = latestStep(s.desk);
    const fresh = Math.max(...Object.keys(s.desk.engine.board().sources).map(Number));
    value(await s.desk.do((write) => updateOperator(write, gleb, { max_load: 2 })));
    const raised = latestStep(s.desk);
    value(await s.desk.do((write) => updateSource(write, fresh, { settings: {} })));
    const before = configured(s);
    expect(await undo(s.desk, hired)).toMatchObject({ ok: false, problem: { code: 'changed_since', params: { what: 'operator' } } });
    expect(await undo(s.desk, opened)).toMatchObject({ ok: false, problem: { code: 'changed_since', params: { what: 'source' } } });
    expect(configured(s)).toEqual(before);
    value(await undo(s.desk));
    value(await undo(s.desk, opened));
    value(await undo(s.desk, raised));
    value(await undo(s.desk, hired));
    expect([s.desk.engine.board().operators[gleb]?.is_archived, s.desk.engine.board().sources[fresh]?.is_archived]).toEqual([true, true]);
  });

  test('of weights is refused while their source is archived, and undone when it was restored', async () => {
    const s = await scene();
    value(await s.desk.do((write) => setCompetence(write, s.anna, s.site, 3)));
    const step = latestStep(s.desk);
    value(await s.desk.do((write) => archiveSource(write, s.site)));
    const before = configured(s);
    expect(await undo(s.desk, step)).toMatchObject({ ok: false, problem: { code: 'not_found', params: { what: 'source', id: s.site, state: 'archived' } } });
    expect(configured(s)).toEqual(before);
    value(await s.desk.do((write) => restoreSource(write, s.site)));
    value(await undo(s.desk, step));
    expect(s.desk.engine.board().weights[s.site]).toMatchObject({ [s.anna]: 10 });
  });

  test('of archiving an operator also restores its weights for an archived source', async () => {
    const s = await scene();
    value(await s.desk.do((write) => archiveSource(write, s.site)));
    const before = configured(s);
    value(await s.desk.do((write) => archiveOperator(write, s.anna)));
    expect(s.desk.engine.board().weights[s.site]).not.toHaveProperty(String(s.anna));
    value(await undo(s.desk));
    expect(configured(s)).toEqual(before);
  });

  describe('of a reason for being off line', () => {
    const offWithoutReason = async () => {
      const s = await scene();
      value(await s.desk.do((write) => updateOperator(write, s.anna, { is_active: false, inactive_reason: 'off' })));
      value(await s.desk.do((write) => updateOperator(write, s.anna, { inactive_reason: null })));
      return { ...s, removed: latestStep(s.desk) };
    };
    const anna = (s: Scene) => s.desk.engine.board().operators[s.anna];

    test('restores it while the operator is off line', async () => {
      const s = await offWithoutReason();
      value(await undo(s.desk, s.removed));
      expect(anna(s)).toMatchObject({ is_active: false, inactive_reason: 'off' });
    });

    test('is refused when the operator is active again, and gives no active operator a reason', async () => {
      const s = await offWithoutReason();
      value(await s.desk.do((write) => updateOperator(write, s.anna, { is_active: true })));
      expect(await undo(s.desk, s.removed)).toMatchObject({ ok: false, problem: { code: 'changed_since', params: { what: 'operator' } } });
      expect(anna(s)).toMatchObject({ is_active: true, inactive_reason: null });
      expect(entryOf(s, s.removed)?.is_undoable).toBe(false);
    });

    test('is refused for an active operator, also for the present reason', async () => {
      const s = await scene();
      value(await s.desk.do((write) => updateOperator(write, s.anna, { is_active: false, inactive_reason: 'off' })));
      const refused = await s.desk.do((write) => updateOperator(write, s.anna, { is_active: true, inactive_reason: 'off' }));
      expect(refused).toMatchObject({ ok: false, problem: { code: 'validation_failed', errors: [{ path: '/inactive_reason' }] } });
      expect(anna(s)).toMatchObject({ is_active: false, inactive_reason: 'off' });
    });

    test('disappears with the absence for which it was given later', async () => {
      const s = await scene();
      value(await s.desk.do((write) => updateOperator(write, s.anna, { is_active: false })));
      const left = latestStep(s.desk);
      value(await s.desk.do((write) => updateOperator(write, s.anna, { inactive_reason: 'off' })));
      value(await undo(s.desk, left));
      expect(anna(s)).toMatchObject({ is_active: true, inactive_reason: null });
      value(await undo(s.desk));
      expect(anna(s)).toMatchObject({ is_active: false, inactive_reason: 'off' });
    });
  });

  test('is undone although other fields of the same thing were changed since', async () => {
    const s = await scene();
    value(await s.desk.do((write) => updateOperator(write, s.anna, { max_load: 9 })));
    const step = latestStep(s.desk);
    value(await s.desk.do((write) => updateOperator(write, s.anna, { is_active: false, inactive_reason: 'training' })));
    value(await undo(s.desk, step));
    expect(s.desk.engine.board().operators[s.anna]).toMatchObject({ max_load: 3, is_active: false, inactive_reason: 'training' });
  });

  test('is refused when the name is taken meanwhile, when the operator holds contacts, for keys, and when no configuration was changed, as by moving contacts', async () => {
    const s = await scene();
    value(await s.desk.do((write) => archiveOperator(write, s.boris)));
    const archived = latestStep(s.desk);
    value(await s.desk.do((write) => createOperator(write, { name: 'борис', max_load: 1, is_active: true })));
    const made = latestStep(s.desk);
    expect(await undo(s.desk, archived)).toMatchObject({ ok: false, problem: { code: 'name_taken' } });
    await s.desk.weights(s.bot, { [Math.max(...Object.keys(s.desk.engine.board().operators).map(Number))]: 900, [s.anna]: 0 });
    value(await s.desk.submit(s.bot, { external_id: 'a' }));
    expect(await undo(s.desk, made)).toMatchObject({ ok: false, problem: { code: 'operator_holds_contacts' } });
    value(await s.desk.do((write) => revokeSourceKey(write, s.bot, 1)));
    expect(await undo(s.desk)).toMatchObject({ ok: false, problem: { code: 'not_undoable' } });
    value(await s.desk.do((write) => moveContacts(write, [{ contact_id: 1, operator_id: s.anna }])));
    expect(await undo(s.desk, s.desk.engine.board().revision)).toMatchObject({ ok: false, problem: { code: 'not_found' } });
    expect(await undo(s.desk, 99_999)).toMatchObject({ ok: false, problem: { code: 'not_found' } });
  });

  test('leaves waiting contacts to operators who can take them again', async () => {
    const s = await scene();
    value(
      await s.desk.do((write) =>
        saveWeights(write, [
          { operator_id: s.anna, source_id: s.bot, weight: 0 },
          { operator_id: s.boris, source_id: s.bot, weight: 0 },
        ]),
      ),
    );
    const step = latestStep(s.desk);
    expect(value(await s.desk.submit(s.bot, { external_id: 'a' })).contact.status).toBe('waiting');
    value(await undo(s.desk, step));
    expect(s.desk.engine.board().waiting).toEqual({});
  });

  test('of archiving a source restores it without a key, and says so', async () => {
    const { desk } = await openedDesk();
    const made = value(await desk.do((write) => createSource(write, { name: 'Сайт', settings: {} })));
    value(await desk.do((write) => archiveSource(write, made.id)));
    expect(desk.engine.sourceOfKey(made.api_key)).toBeNull();
    expect(value(await desk.do((write) => restoreSource(write, made.id))).keys).toEqual([]);
    expect(desk.engine.sourceOfKey(made.api_key)).toBeNull();
    const next = value(await desk.do((write) => addSourceKey(write, made.id)));
    expect(desk.engine.sourceOfKey(next.api_key)).toBe(made.id);
    value(await desk.do((write) => archiveSource(write, made.id)));
    expect(value(await undo(desk))).toEqual({ contacts: [], sources_without_key: [made.id] });
    expect(desk.engine.board().sources[made.id]).toMatchObject({ is_archived: false });
    expect(desk.engine.sourceOfKey(next.api_key)).toBeNull();
  });

  test('of archiving an operator: the button restores it inactive and without weights', async () => {
    const s = await scene();
    value(await s.desk.do((write) => archiveOperator(write, s.anna)));
    value(await s.desk.do((write) => restoreOperator(write, s.anna)));
    expect(s.desk.engine.board().operators[s.anna]).toMatchObject({ is_archived: false, is_active: false });
    expect(s.desk.engine.board().weights[s.bot]).not.toHaveProperty(String(s.anna));
  });

  test('undoing any sequence of changes from last to first restores the initial state', async () => {
    const names = Object.keys(changes);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 6 }), async (run) => {
        const desk = new Desk();
        try {
          const s = await furnish(desk, await desk.source('Bot'));
          const before = configured(s);
          const steps: number[] = [];
          for (const name of run) {
            const { revision } = desk.engine.board();
            await desk.do((write) => changes[name]?.(s)(write) as Answer<unknown>);
            if (desk.engine.board().revision > revision) steps.push(latestStep(desk));
          }
          for (const step of steps.toReversed()) value(await undo(desk, step));
          expect(configured(s)).toEqual(before);
        } finally {
          desk.engine.close();
        }
      }),
      { seed: SEED, numRuns: 60 },
    );
  });
});
