import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { reassignContact } from '#engine/contacts/contacts.ts';
import { Desk, value } from '#engine/testing/desk.ts';
import { decision } from '#engine/views/queries.ts';
import { candidates } from '#shared/board.ts';
import { CASES_MAX } from '#shared/contract/kept-cases.ts';
import type { RulePatch } from '#shared/contract/rules.ts';
import { type KeptCase, outcomeOf } from '#shared/distribution/kept-case.ts';
import { defaultRule, ownerModes } from '#shared/distribution/rule.ts';
import { strategyNames } from '#shared/distribution/strategies.ts';
import { SEED } from '#shared/testing/tables.ts';
import { openedDesk } from '#vault/testing/opened.ts';
import { audit } from './audit.ts';
import { keepCase, removeCase } from './kept-cases.ts';
import { archiveOperator, updateOperator } from './operators.ts';
import { applyPreset, savePreset } from './presets.ts';
import { setLines, updateRule } from './rules.ts';
import { archiveSource } from './sources.ts';
import { undoChange } from './undo-change.ts';

/** Anna knows English, Vera is on line 2: `en`, Anna off → waits for the tag, then Vera. */
async function scene() {
  const { desk, bot } = await openedDesk();
  const [anna, boris, vera] = [await desk.operator('Анна'), await desk.operator('Борис'), await desk.operator('Вера')];
  await desk.weights(bot, { [anna]: 1, [boris]: 1, [vera]: 1 });
  value(await desk.do((write) => updateOperator(write, anna, { tags: ['language:en'] })));
  value(await desk.do((write) => updateOperator(write, vera, { tags: ['language:en'] })));
  value(await desk.do((write) => setLines(write, bot, [{ operator_id: vera, line: 2 }])));
  const rule = (patch: RulePatch) => desk.do((write) => updateRule(write, bot, patch));
  value(await rule({ needs: ['language'], lines: [60], open_early: false }));
  const duty: KeptCase = {
    source_id: bot,
    attributes: { language: 'en' },
    owner_id: anna,
    waited_seconds: 60,
    on_line: [boris, vera],
    full: [],
    expected: { operator_id: vera },
  };
  const keep = (content: KeptCase, id: number | null = null) => desk.do((write) => keepCase(write, id, content));
  const remove = (id: number) => desk.do((write) => removeCase(write, id));
  const undo = () => desk.do((write) => undoChange(write, write.board.revision));
  const cases = () => desk.engine.board().cases;
  return { desk, bot, anna, boris, vera, rule, duty, keep, remove, undo, cases };
}

describe('a kept case', () => {
  test('is kept once, changed and removed under its id, and each of these is undone', async () => {
    const { duty, keep, remove, undo, cases, desk } = await scene();
    expect(value(await keep({ ...duty, on_line: [...duty.on_line, ...duty.on_line].reverse(), full: [999] }))).toBe(1);
    expect(cases(), 'operators in order, full only who is on line').toEqual({ 1: duty });
    expect(value(await keep(duty)), 'the same is not kept twice').toBe(1);
    const later = { ...duty, waited_seconds: 120 };
    expect(value(await keep(later, 1))).toBe(1);
    expect(cases()).toEqual({ 1: later });
    value(await undo());
    expect(cases()).toEqual({ 1: duty });
    value(await remove(1));
    expect(cases()).toEqual({});
    expect(value(await keep(later)), 'an id is not used again').toBe(2);
    value(await remove(2));
    value(await undo());
    expect(cases()).toEqual({ 2: later });
    const told = value(audit(desk.engine.read, { limit: 10, topic: 'sources' }, 'UTC')).items.slice(0, 2);
    expect(told.map(({ changes, undoes }) => [changes[0]?.kind, changes[0]?.data.after, undoes !== null])).toEqual([
      ['kept_case_saved', later, true],
      ['kept_case_saved', null, false],
    ]);
  });

  test('is not kept of a source that is archived or unknown, nor beyond the most', async () => {
    const { desk, bot, duty, keep } = await scene();
    expect(await keep({ ...duty, source_id: 99 })).toMatchObject({ ok: false, problem: { code: 'not_found' } });
    expect(await keep(duty, 7)).toMatchObject({ ok: false, problem: { code: 'not_found', params: { what: 'kept_case' } } });
    for (let seconds = 0; seconds < CASES_MAX; seconds++) value(await keep({ ...duty, waited_seconds: seconds }));
    expect(await keep({ ...duty, waited_seconds: 1000 })).toMatchObject({ ok: false, problem: { code: 'validation_failed' } });
    expect(await keep({ ...duty, waited_seconds: 1000 }, 1), 'one of the kept ones can still be changed').toMatchObject({ ok: true });
    value(await desk.do((write) => archiveSource(write, bot)));
    expect(await keep(duty)).toMatchObject({ ok: false, problem: { code: 'not_found', params: { state: 'archived' } } });
  });

  test('keeps a rule from being applied that breaks it, through every door, until it is changed or removed', async () => {
    const { desk, bot, boris, vera, rule, duty, keep, remove, undo } = await scene();
    const breaks = (case_id: number) => ({ ok: false, problem: { code: 'case_broken', params: { case_id } } });
    const night = value(await desk.do((write) => savePreset(write, 'Ночь', false, true)));
    value(await rule({ lines: [300] }));
    value(await keep({ ...duty, waited_seconds: 300 }));
    value(await keep({ ...duty, expected: { waiting_reason: 'line_closed' } }));
    expect(await rule({ lines: [301] }), 'a later line').toMatchObject(breaks(1));
    expect(await rule({ lines: [60] }), 'an earlier line').toMatchObject(breaks(2));
    expect(await rule({ needs: [] }), 'Boris on line 1 would get it').toMatchObject(breaks(1));
    expect(await undo(), 'the latest step is the case').toMatchObject({ ok: true });
    expect(await rule({ lines: [60] }), 'with the case it went').toMatchObject({ ok: true });
    value(await undo());
    value(await keep({ ...duty, expected: { waiting_reason: 'line_closed' } }));
    expect(await desk.do((write) => applyPreset(write, night.id)), 'a preset with rules').toMatchObject(breaks(3));
    expect(await desk.do((write) => setLines(write, bot, [{ operator_id: vera, line: 1 }])), 'a line').toMatchObject(breaks(3));
    expect(desk.engine.board().rules[bot], 'nothing has changed').toMatchObject({ lines: [300], needs: ['language'], line_of: { [vera]: 2 } });
    value(await remove(1));
    expect(await rule({ needs: [] })).toMatchObject(breaks(3));
    value(await keep({ ...duty, expected: { operator_id: boris } }, 3));
    value(await rule({ needs: [] }));
    expect(await undo(), 'an undo').toMatchObject(breaks(3));
    expect(await rule({ strategy: 'even', cost: 2 }), 'what makes no difference to it').toMatchObject({ ok: true });
  });

  test('that no longer holds for another cause keeps nobody from changing the rule, and an archived operator leaves all the same', async () => {
    const { desk, bot, vera, rule, duty, keep } = await scene();
    value(await keep(duty));
    expect(await desk.do((write) => archiveOperator(write, vera)), 'with the line of the operator').toMatchObject({ ok: true });
    expect(desk.engine.board().rules[bot]?.line_of).toEqual({});
    expect(await rule({ lines: [600] })).toMatchObject({ ok: true });
  });

  test('says of a real desk what a contact gets there', async () => {
    const facts = fc.record({
      strategy: fc.constantFrom(...strategyNames),
      lines: fc.constantFrom<number[]>([], [0], [60]),
      open_early: fc.boolean(),
      needs: fc.constantFrom<string[]>([], ['language']),
      mode: fc.constantFrom(...ownerModes),
      wait_seconds: fc.constantFrom(0, 60),
      cost: fc.constantFrom(1, 1, 2),
      attributes: fc.constantFrom<Record<string, string>>({}, { language: 'en' }),
      owner: fc.option(fc.nat({ max: 3 })),
      people: fc.array(
        fc.record({ weight: fc.nat({ max: 2 }), line: fc.integer({ min: 1, max: 2 }), state: fc.constantFrom('off', 'free', 'full'), en: fc.boolean() }),
        {
          minLength: 4,
          maxLength: 4,
        },
      ),
    });
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(facts, async ({ people, owner, mode, wait_seconds, attributes, ...rule }) => {
        const desk = new Desk();
        const [source, other] = [await desk.source('Сайт'), await desk.source('Другой')];
        const ids: number[] = [];
        for (const [i, { en }] of people.entries()) {
          const id = await desk.operator(`Operator ${i}`, 2);
          if (en) value(await desk.do((write) => updateOperator(write, id, { tags: ['language:en'] })));
          ids.push(id);
        }
        await desk.weights(source, Object.fromEntries(ids.map((id, i) => [id, people[i]?.weight ?? 0])));
        await desk.weights(other, Object.fromEntries(ids.map((id) => [id, 1])));
        const own = owner === null ? null : (ids[owner] ?? null);
        // the lead's open contact makes its operator the owner, in every mode, and takes one of two slots
        const { id: first } = value(await desk.submit(other, { external_id: 'lead' })).contact;
        if (own !== null) value(await desk.do((write) => reassignContact(write, first, own)));
        const full = ids.filter((_, i) => people[i]?.state === 'full');
        for (const id of full)
          for (let held = desk.engine.board().operators[id]?.load ?? 0; held < 2; held++) {
            const { contact } = value(await desk.submit(other, { external_id: `full-${id}-${held}` }));
            if (contact.operator_id !== id) value(await desk.do((write) => reassignContact(write, contact.id, id)));
          }
        for (const [i, id] of ids.entries()) if (people[i]?.state === 'off') value(await desk.do((write) => updateOperator(write, id, { is_active: false })));
        value(await desk.do((write) => updateRule(write, source, { ...rule, owner: { mode, days: 30, wait_seconds } })));
        value(
          await desk.do((write) =>
            setLines(
              write,
              source,
              ids.map((id, i) => ({ operator_id: id, line: people[i]?.line ?? 1 })),
            ),
          ),
        );
        const on_line = ids.filter((_, i) => people[i]?.state !== 'off');
        const board = desk.engine.board();
        const holder = board.operators[desk.rows<{ operator_id: number }>('SELECT operator_id FROM contacts WHERE id = ?', first)[0]?.operator_id ?? 0];
        const kept = {
          source_id: source,
          attributes,
          owner_id: holder?.id ?? null,
          waited_seconds: 0,
          on_line,
          full: rule.cost === 2 && holder && !full.includes(holder.id) ? [...full, holder.id] : full,
        };
        const outcome = outcomeOf(kept, {
          table: candidates(board, source),
          rule: board.rules[source] ?? defaultRule,
          tagsOf: (id) => board.operators[id]?.tags ?? [],
        });
        const { contact } = value(await desk.submit(source, { external_id: 'lead', attributes }));
        const decided = value(decision(desk.engine.read, contact.id));
        seen.add(decided.waiting_reason ?? (decided.kind === 'owner' ? 'owner' : `line ${decided.line}`));
        const { operator_id, kind, waiting_reason } = decided;
        expect(waiting_reason).toBe(outcome.waiting_reason);
        expect(operator_id === null ? outcome.takers.length === 0 : outcome.takers.includes(operator_id)).toBe(true);
        expect(kind === 'draw' ? decided.line : outcome.line).toBe(outcome.line);
        desk.engine.close();
      }),
      { seed: SEED, numRuns: 200 },
    );
    expect([...seen].sort()).toEqual(
      ['all_full', 'line 1', 'line 2', 'line_closed', 'nobody_active', 'nobody_fits', 'no_positive_weight', 'owner', 'owner_busy'].sort(),
    );
  });
});
