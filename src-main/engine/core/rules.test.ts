import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { setCompetence } from '#engine/configuration/competences.ts';
import { leaveOperator } from '#engine/configuration/leave.ts';
import { archiveOperator, updateOperator } from '#engine/configuration/operators.ts';
import { putOnLine, ruleOf, setLines, updateRule } from '#engine/configuration/rules.ts';
import { archiveSource } from '#engine/configuration/sources.ts';
import { undoChange } from '#engine/configuration/undo-change.ts';
import { closeContact, reassignContact } from '#engine/contacts/contacts.ts';
import { Desk, type DeskOptions, value } from '#engine/testing/desk.ts';
import { Witness } from '#engine/testing/witness.ts';
import { decision } from '#engine/views/queries.ts';
import type { RulePatch } from '#shared/contract/rules.ts';
import { defaultRule } from '#shared/distribution/rule.ts';
import { verifyChain } from '#store/journal/chain.ts';
import { folder } from '#store/testing/folder.ts';

const { line_of: _, ...usual } = defaultRule;

/** A desk with one source, operators of these limits with weight 1 each, and timers that the test lets run. */
async function scene(limits: readonly number[], options: DeskOptions = {}) {
  const timers: { at: number; run: () => void; isOn: boolean }[] = [];
  const desk: Desk = new Desk({
    after: (ms, run) => {
      const timer = { at: desk.now + ms, run, isOn: true };
      timers.push(timer);
      return () => {
        timer.isOn = false;
      };
    },
    ...options,
  });
  onTestFinished(() => desk.engine.close());
  const witness = new Witness(desk);
  const source = await desk.source('Bot');
  const operators: number[] = [];
  for (const [i, limit] of limits.entries()) operators.push(await desk.operator(`Operator ${i + 1}`, limit));
  await desk.weights(source, Object.fromEntries(operators.map((id) => [id, 1])));
  let handed = 0;
  const submit = async () => value(await desk.submit(source, { external_id: `tg-${++handed}` })).contact;
  const rule = async (patch: RulePatch) => value(await desk.do((write) => updateRule(write, source, patch)));
  const lines = async (line_of: Record<number, number>) =>
    value(
      await desk.do((write) =>
        setLines(
          write,
          source,
          Object.entries(line_of).map(([id, line]) => ({ operator_id: Number(id), line })),
        ),
      ),
    );
  const close = async (id: number) => value(await desk.do((write) => closeContact(write, id)));
  const putBack = async (id: number) => value(await desk.do((write) => reassignContact(write, id, null)));
  const activate = async (id: number, is_active: boolean) => value(await desk.do((write) => updateOperator(write, id, { is_active })));
  /** Lets time pass, and the timers that fall due in it run. */
  const pass = async (ms: number) => {
    desk.now += ms;
    for (const timer of timers.splice(0)) {
      if (!timer.isOn) continue;
      if (timer.at <= desk.now) timer.run();
      else timers.push(timer);
    }
    await desk.do((write) => ({ ok: true, value: write.now }));
  };
  const holder = (id: number) => desk.rows<{ operator_id: number | null }>('SELECT operator_id FROM contacts WHERE id = ?', id)[0]?.operator_id ?? null;
  const why = (id: number) => value(decision(desk.engine.read, id));
  const check = () => {
    witness.inspect();
    expect([witness.violations, verifyChain(desk.engine.read.store.reading, 0).ok]).toEqual([[], true]);
  };
  return { desk, source, operators, submit, rule, lines, close, putBack, activate, pass, holder, why, check, timers };
}

describe('a contact that is returned to the queue', () => {
  test('does not go to the operator who let it go, although nobody else is free', async () => {
    const { operators, submit, putBack, close, holder, why, check } = await scene([1, 1]);
    const [first, second] = [await submit(), await submit()];
    const [anna, boris] = [first.operator_id ?? 0, second.operator_id ?? 0];
    const back = await putBack(first.id);
    expect([back.status, back.waiting_reason, back.returned, operators.includes(anna)]).toEqual(['waiting', 'let_go', 1, true]);
    expect(why(first.id).table.map(({ operator_id, passed_over }) => [operator_id, passed_over])).toContainEqual([boris, 'full']);
    check();
    await close(second.id);
    expect(holder(first.id)).toBe(boris);
    check();
  });

  test('never returns to the operator who let it go while another on line has not had it, in many draws', async () => {
    for (let n = 0; n < 40; n++) {
      const { submit, putBack, holder, check } = await scene([5, 5, 5]);
      const contact = await submit();
      await putBack(contact.id);
      const second = holder(contact.id);
      await putBack(contact.id);
      const third = holder(contact.id);
      expect(new Set([contact.operator_id, second, third]).size).toBe(3);
      check();
    }
  });

  test('may return to anybody once everybody on line has had it', async () => {
    const { submit, putBack, holder, check } = await scene([5, 5]);
    const contact = await submit();
    await putBack(contact.id);
    await putBack(contact.id);
    expect(holder(contact.id)).not.toBe(null);
    check();
  });

  test('returns to the operator who let it go as soon as the last other one leaves', async () => {
    const { submit, putBack, activate, holder, check } = await scene([1, 1]);
    const [first, second] = [await submit(), await submit()];
    await putBack(first.id);
    expect(holder(first.id)).toBe(null);
    await activate(second.operator_id ?? 0, false);
    expect(holder(first.id)).toBe(first.operator_id);
    check();
  });

  test('returns when the weight of the last other operator becomes 0', async () => {
    const { desk, source, submit, putBack, holder, check } = await scene([1, 1]);
    const [first, second] = [await submit(), await submit()];
    await putBack(first.id);
    value(await desk.do((write) => setCompetence(write, second.operator_id ?? 0, source, 0)));
    expect(holder(first.id)).toBe(first.operator_id);
    check();
  });

  test('does not hold up contacts behind it, and is not overtaken by a new one for a slot that it could take', async () => {
    const { submit, putBack, close, holder, check } = await scene([1, 1]);
    const [first, second] = [await submit(), await submit()];
    await putBack(first.id);
    const third = await submit();
    expect(third.operator_id).toBe(first.operator_id); // whose slot the first contact may not take
    const fourth = await submit();
    expect(fourth.status).toBe('waiting');
    await close(second.id);
    expect([holder(first.id), holder(fourth.id)]).toEqual([second.operator_id, null]);
    check();
  });

  test('is remembered through a restart', async () => {
    const file = join(folder(), 'desk.db');
    const { desk, submit, putBack, check } = await scene([1, 1], { file });
    const [first, second] = [await submit(), await submit()];
    await putBack(first.id);
    check();
    desk.engine.close();
    const again = new Desk({ file });
    onTestFinished(() => again.engine.close());
    const witness = new Witness(again);
    value(await again.do((write) => closeContact(write, second.id)));
    witness.inspect();
    expect([again.rows('SELECT operator_id FROM contacts WHERE id = ?', first.id), witness.violations]).toEqual([[{ operator_id: second.operator_id }], []]);
  });

  test('is taken by the operator who let it go before anything that the last other one leaves behind', async () => {
    const { desk, submit, putBack, holder, check } = await scene([1, 1]);
    const [first, second] = [await submit(), await submit()];
    await putBack(first.id);
    value(await desk.do((write) => leaveOperator(write, { id: second.operator_id ?? 0, reason: 'off', contacts: 'hand_over' })));
    expect([holder(first.id), holder(second.id)]).toEqual([first.operator_id, second.operator_id]);
    check();
  });

  test('waits behind contacts that the same operators let go earlier', async () => {
    const { submit, putBack, activate, operators, holder, check } = await scene([2, 2]);
    const all = [await submit(), await submit(), await submit(), await submit()];
    const mine = all.filter(({ operator_id }) => operator_id === operators[0]);
    for (const { id } of mine) await putBack(id);
    await activate(operators[1] ?? 0, false);
    expect(mine.map(({ id }) => holder(id))).toEqual([operators[0], operators[0]]);
    check();
  });

  test('that an operator leaves behind counts as let go, and passes them over when they return', async () => {
    const { desk, submit, activate, close, holder, check } = await scene([1, 1]);
    const [first, second] = [await submit(), await submit()];
    value(await desk.do((write) => leaveOperator(write, { id: first.operator_id ?? 0, reason: 'break', contacts: 'put_back' })));
    await activate(first.operator_id ?? 0, true);
    expect(holder(first.id)).toBe(null);
    await close(second.id);
    expect(holder(first.id)).toBe(second.operator_id);
    check();
  });
});

describe('a line', () => {
  test('opens by itself when a contact has waited long enough, and not before', async () => {
    const { operators, submit, rule, lines, pass, holder, why, check } = await scene([1, 5]);
    const [anna = 0, boris = 0] = operators;
    await rule({ lines: [60] });
    await lines({ [boris]: 2 });
    await submit();
    const waiting = await submit();
    expect([waiting.waiting_reason, waiting.next_at]).toEqual(['line_closed', '2026-11-22T09:16:00.000Z']);
    await pass(59_999);
    expect(holder(waiting.id)).toBe(null);
    check();
    await pass(1);
    expect(holder(waiting.id)).toBe(boris);
    const [before, taken] = [why(waiting.id).history[0], why(waiting.id)];
    expect(before?.table.map(({ operator_id, line, passed_over, until }) => [operator_id, line, passed_over, until])).toEqual([
      [anna, 1, 'full', null],
      [boris, 2, 'line_closed', '2026-11-22T09:16:00.000Z'],
    ]);
    expect([taken.kind, taken.line, taken.rule_version, taken.operator_id]).toEqual(['drain', 2, 3, boris]);
    check();
  });

  test('is not used while the first line can take a contact, open or not', async () => {
    const { operators, submit, rule, lines, pass, close, holder, check } = await scene([1, 5]);
    const [anna = 0, boris = 0] = operators;
    await rule({ lines: [60] });
    await lines({ [boris]: 2 });
    const [first, second] = [await submit(), await submit()];
    await pass(59_000);
    await close(first.id);
    expect(holder(second.id)).toBe(anna);
    check();
  });

  test('opens at once while nobody on the first line is active, unless the rule says otherwise', async () => {
    const { operators, submit, rule, lines, activate, pass, holder, check } = await scene([1, 5]);
    const [anna = 0, boris = 0] = operators;
    await rule({ lines: [60], open_early: false });
    await lines({ [boris]: 2 });
    await activate(anna, false);
    const late = await submit();
    expect([late.status, late.waiting_reason]).toEqual(['waiting', 'line_closed']);
    await rule({ open_early: true });
    expect([holder(late.id), (await submit()).operator_id]).toEqual([boris, boris]);
    check();
    await pass(120_000);
    check();
  });

  test.each<[string, (desk: Desk, source: number, anna: number) => Promise<unknown>]>([
    ['loses the weight', (desk, source, anna) => desk.do((write) => setCompetence(write, anna, source, 0))],
    ['loses the competence', (desk, source, anna) => desk.do((write) => setCompetence(write, anna, source, null))],
    ['goes into the archive', (desk, _, anna) => desk.do((write) => archiveOperator(write, anna))],
  ])('opens at once when the last operator on the first line %s', async (_, leave) => {
    const { desk, source, operators, submit, rule, lines, holder, check } = await scene([0, 5]);
    const [anna = 0, boris = 0] = operators;
    await rule({ lines: [600] });
    await lines({ [boris]: 2 });
    const waiting = await submit();
    expect(waiting.status).toBe('waiting');
    await leave(desk, source, anna);
    expect(holder(waiting.id)).toBe(boris);
    check();
  });

  test('is removed with the competence, and restored when that is undone', async () => {
    const { desk, source, operators, lines } = await scene([1, 1]);
    const [, boris = 0] = operators;
    await lines({ [boris]: 2 });
    value(await desk.do((write) => setCompetence(write, boris, source, null)));
    const { revision } = desk.engine.board();
    expect(desk.engine.board().rules).toEqual({});
    value(await desk.do((write) => undoChange(write, revision)));
    expect([desk.engine.board().rules[source]?.line_of, desk.engine.board().weights[source]?.[boris]]).toEqual([{ [boris]: 2 }, 1]);
  });

  test('of each number has its own time, and one without a time opens with the one before', async () => {
    const { operators, submit, rule, lines, pass, holder, check } = await scene([0, 1, 1, 1]);
    const [, boris = 0, vera = 0, gleb = 0] = operators;
    await rule({ lines: [10, 20] });
    await lines({ [boris]: 2, [vera]: 3, [gleb]: 5 });
    const contacts = [await submit(), await submit(), await submit()];
    await pass(10_000);
    expect(contacts.map(({ id }) => holder(id))).toEqual([boris, null, null]);
    check();
    await pass(10_000);
    expect(contacts.map(({ id }) => holder(id))).toEqual([boris, vera, gleb]);
    check();
  });

  test('that opens while the desk is stopped is open when it starts', async () => {
    const file = join(folder(), 'desk.db');
    const { desk, operators, submit, rule, lines } = await scene([0, 1], { file });
    await rule({ lines: [60] });
    await lines({ [operators[1] ?? 0]: 2 });
    const waiting = await submit();
    desk.engine.close();
    const again = new Desk({ file });
    onTestFinished(() => again.engine.close());
    again.now += 61_000;
    value(await again.do(() => ({ ok: true, value: null })));
    expect(again.rows('SELECT operator_id FROM contacts WHERE id = ?', waiting.id)).toEqual([{ operator_id: operators[1] }]);
  });

  test('leaves no timer running when nothing waits for it', async () => {
    const { operators, submit, rule, lines, pass, timers } = await scene([5, 5]);
    await rule({ lines: [60] });
    await lines({ [operators[1] ?? 0]: 2 });
    await submit();
    await pass(1);
    expect(timers.filter(({ isOn }) => isOn)).toEqual([]);
  });
});

describe('the strategy of a source', () => {
  test('even gives everybody the share of their weight at any time, and continues after a restart', async () => {
    const file = join(folder(), 'desk.db');
    const { desk, source, operators, submit, rule, check } = await scene([9, 9, 9], { file });
    await desk.weights(source, { [operators[0] ?? 0]: 2 });
    await rule({ strategy: 'even' });
    const got = new Map<number, number>();
    const take = (id: number | null) => got.set(id ?? 0, (got.get(id ?? 0) ?? 0) + 1);
    for (let n = 0; n < 6; n++) take((await submit()).operator_id);
    check();
    desk.engine.close();
    const again = new Desk({ file });
    onTestFinished(() => again.engine.close());
    for (let n = 0; n < 6; n++) take(value(await again.submit(source, { external_id: `late-${n}` })).contact.operator_id);
    expect(operators.map((id) => got.get(id))).toEqual([6, 3, 3]);
  });

  test('even takes the credit with a competence that is removed, before a restart as after it', async () => {
    const { desk, source, operators, submit, rule, why } = await scene([9, 9], { dice: () => 0 });
    const [anna = 0, boris = 0] = operators;
    await rule({ strategy: 'even' });
    await submit(); // anna's, so that she is half a contact behind
    await desk.do((write) => setCompetence(write, anna, source, null));
    await submit();
    await desk.weights(source, { [anna]: 1 });
    expect(why((await submit()).id).table.map(({ operator_id, key }) => [operator_id, key])).toEqual([
      [anna, 0],
      [boris, -500_000_000],
    ]);
  });

  test('least_load chooses the operator with the fewest contacts, and the decision stores the keys', async () => {
    const { desk, source, operators, submit, rule, why, check } = await scene([9, 9]);
    const [anna = 0, boris = 0] = operators;
    await desk.weights(source, { [anna]: 1000 });
    await rule({ strategy: 'least_load' });
    const first = await submit();
    const second = await submit();
    expect(new Set([first.operator_id, second.operator_id])).toEqual(new Set([anna, boris]));
    const { strategy, table, sum, r } = why(second.id);
    expect([strategy, new Set(table.map(({ key }) => key)), sum, r]).toEqual(['least_load', new Set([0, 1]), second.operator_id === anna ? 1000 : 1, null]);
    check();
  });

  test('longest_idle chooses the operator without a contact for the longest time, over all sources', async () => {
    const { desk, source, operators, submit, rule, check } = await scene([9, 9, 9]);
    const other = await desk.source('Other');
    await desk.weights(other, { [operators[0] ?? 0]: 1 });
    await rule({ strategy: 'longest_idle' });
    await desk.submit(other, { external_id: 'x' });
    const [, boris, vera] = operators;
    expect(new Set([(await submit()).operator_id, (await submit()).operator_id])).toEqual(new Set([boris, vera]));
    expect((await submit()).operator_id).toBe(operators[0]);
    check();
    expect(source).toBe(1);
  });

  test('must be a known one, and its version grows with each change', async () => {
    const { desk, source, rule } = await scene([1]);
    expect(value(ruleOf(desk.engine.read, source))).toEqual({ ...usual, version: 1 });
    expect(await rule({ strategy: 'even' })).toEqual({ ...usual, strategy: 'even', version: 2 });
    expect((await rule({ strategy: 'even' })).version).toBe(2);
    expect((await rule({ strategy: 'weighted' })).version).toBe(3);
    expect(desk.engine.board().rules).toEqual({});
  });

  test('can be undone like any change, without the lines that were set since', async () => {
    const { desk, source, operators, rule, lines } = await scene([1, 1]);
    await rule({ strategy: 'even', lines: [30] });
    const { revision } = desk.engine.board();
    await lines({ [operators[1] ?? 0]: 2 });
    value(await desk.do((write) => undoChange(write, revision)));
    const { strategy, lines: seconds, line_of } = desk.engine.board().rules[source] ?? {};
    expect([strategy, seconds, line_of]).toEqual(['weighted', [], { [operators[1] ?? 0]: 2 }]);
  });

  test('lines of competences of several sources are set in one step, and all or none', async () => {
    const { desk, source, operators } = await scene([5, 5]);
    const [anna = 0, boris = 0] = operators;
    const other = await desk.source('Other');
    await desk.weights(other, { [boris]: 1 });
    const linesOf = (id: number) => desk.engine.read.board().rules[id]?.line_of;
    const both = [
      { source_id: source, operator_id: anna },
      { source_id: other, operator_id: boris },
    ];
    const stranger = [...both, { source_id: other, operator_id: anna }];
    expect(await desk.do((write) => putOnLine(write, stranger, 3))).toMatchObject({ ok: false });
    expect([linesOf(source), linesOf(other)]).toEqual([undefined, undefined]);
    value(await desk.do((write) => putOnLine(write, both, 3)));
    expect([linesOf(source), linesOf(other)]).toEqual([{ [anna]: 3 }, { [boris]: 3 }]);
    value(await desk.do((write) => putOnLine(write, both, 1)));
    expect([linesOf(source), linesOf(other)]).toEqual([undefined, undefined]);
  });

  test('of an archived source, and lines of operators without a weight there, are refused', async () => {
    const { desk, source } = await scene([1]);
    const stranger = await desk.operator('Stranger');
    expect(await desk.do((write) => setLines(write, source, [{ operator_id: stranger, line: 2 }]))).toMatchObject({
      ok: false,
      problem: { code: 'not_found' },
    });
    value(await desk.do((write) => archiveSource(write, source)));
    for (const strategy of ['even', 'weighted'] as const) // also if it would change nothing
      expect(await desk.do((write) => updateRule(write, source, { strategy }))).toMatchObject({ ok: false, problem: { code: 'not_found' } });
    expect(await desk.do((write) => updateRule(write, 99, { strategy: 'even' }))).toMatchObject({ ok: false, problem: { code: 'not_found' } });
  });
});

test('under the default rule nothing more is stored with a decision, and the chain is as before rules', async () => {
  const { desk, submit, close, check } = await scene([1, 1]);
  const contacts = [await submit(), await submit(), await submit()];
  await close(contacts[0]?.id ?? 0);
  check();
  expect(desk.rows('SELECT DISTINCT rule_id, keys, barred, next_at FROM decisions')).toEqual([{ rule_id: null, keys: null, barred: null, next_at: null }]);
  expect(desk.rows<{ members: string }>('SELECT members FROM rosters').map(({ members }) => members)).toContain('[[1,1,1,1],[2,1,1,1]]');
});
