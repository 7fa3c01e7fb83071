import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { leaveOperator } from '#engine/configuration/leave.ts';
import { updateOperator } from '#engine/configuration/operators.ts';
import { setLines, updateRule } from '#engine/configuration/rules.ts';
import { saveSettings } from '#engine/configuration/settings.ts';
import { undoChange } from '#engine/configuration/undo-change.ts';
import { SEEN_EVERY_MS } from '#engine/core/deadlines.ts';
import { type Desk, type DeskOptions, value } from '#engine/testing/desk.ts';
import { openTimed } from '#engine/testing/timed-desk.ts';
import { Witness } from '#engine/testing/witness.ts';
import { decision, contact as readContact } from '#engine/views/queries.ts';
import { adminPrincipal } from '#shared/contract/principal.ts';
import { verifyChain } from '#store/journal/chain.ts';
import { folder } from '#store/testing/folder.ts';
import { acceptContact, declineContact } from './acceptance.ts';
import { closeContact, reassignContact } from './contacts.ts';

/** A source whose contacts are to be accepted within 60 s, and operators of these limits with weight 1 each. */
async function scene(limits: readonly number[], options: DeskOptions = {}) {
  const { desk, pass, settled } = openTimed(options);
  const witness = new Witness(desk);
  const source = await desk.source('Bot');
  const operators: number[] = [];
  for (const [i, limit] of limits.entries()) operators.push(await desk.operator(`Operator ${i + 1}`, limit));
  await desk.weights(source, Object.fromEntries(operators.map((id) => [id, 1])));
  const rule = async (accept_seconds: number | null) => value(await desk.do((write) => updateRule(write, source, { accept_seconds })));
  await rule(60);
  let handed = 0;
  const submit = async () => value(await desk.submit(source, { external_id: `tg-${++handed}` })).contact;
  const check = () => {
    witness.catchUp();
    witness.inspect();
    expect([witness.violations, verifyChain(desk.engine.read.store.reading, 0).ok]).toEqual([[], true]);
  };
  return { desk, pass, settled, source, operators, rule, submit, check, ...asks(desk) };
}

function asks(desk: Desk) {
  const contact = (id: number) => value(readContact(desk.engine.read, id, adminPrincipal));
  return {
    contact,
    holder: (id: number) => contact(id).operator_id,
    accept: (id: number, operator_id?: number) => desk.do((write) => acceptContact(write, id, operator_id === undefined ? {} : { operator_id })),
    decline: (id: number, body: Parameters<typeof declineContact>[2] = {}) => desk.do((write) => declineContact(write, id, body)),
    reassign: async (id: number, to: number | null) => value(await desk.do((write) => reassignContact(write, id, to))),
    setActive: async (id: number, is_active: boolean) => value(await desk.do((write) => updateOperator(write, id, { is_active }))),
    history: (id: number) =>
      value(decision(desk.engine.read, id)).history.map(({ kind, cause, operator_id }) => [kind, ...(cause ? [cause] : []), operator_id]),
    misses: (id: number) => desk.rows<{ misses: number }>('SELECT misses FROM operators WHERE id = ?', id)[0]?.misses,
    deadlines: () => desk.rows('SELECT subject_id, due_at FROM deadlines ORDER BY due_at, id'),
  };
}

const inSeconds = (desk: Desk, seconds: number) => new Date(desk.now + 1000 * seconds).toISOString();
const code = (result: { ok: true } | { ok: false; problem: { code: string } }) => (result.ok ? 'ok' : result.problem.code);

test('nothing is stored for a source without a time to accept in, and its contacts may still be accepted', async () => {
  const { desk, rule, submit, contact, accept, deadlines, operators, check } = await scene([2]);
  await rule(null);
  const { id } = await submit();
  expect([contact(id).accept_by, deadlines(), desk.rows('SELECT * FROM uptime')]).toEqual([null, [], []]);
  value(await accept(id));
  expect([contact(id).accepted_at, contact(id).operator_id]).toEqual([inSeconds(desk, 0), operators[0]]);
  check();
});

describe('a contact that is not accepted in time', () => {
  test('goes to somebody who has not had it, before contacts that came after it, and keeps its place', async () => {
    const { desk, pass, submit, holder, history, contact, operators, setActive, check } = await scene([1, 1]);
    const [anna = 0, boris = 0] = operators;
    await setActive(boris, false);
    const { id, created_at } = await submit();
    const later = await submit();
    expect([holder(id), holder(later.id)]).toEqual([anna, null]);
    await setActive(boris, true); // takes the one that waits
    await pass(59);
    expect(holder(id)).toBe(anna);
    await desk.do((write) => closeContact(write, later.id));
    await pass(1);
    expect([holder(id), contact(id).created_at, contact(id).returned]).toEqual([boris, created_at, 1]);
    expect(history(id)).toEqual([
      ['draw', anna],
      ['returned', 'missed', null],
      ['drain', boris],
    ]);
    check();
  });

  test('never goes back to the operator who missed it while another on line has not had it, full or not', async () => {
    const { pass, submit, holder, accept, operators, reassign, check } = await scene([5, 1]);
    const [anna = 0, boris = 0] = operators;
    const held = await submit();
    if (holder(held.id) !== boris) await reassign(held.id, boris);
    value(await accept(held.id));
    const { id } = await submit();
    expect(holder(id)).toBe(anna);
    await pass(60);
    expect(holder(id)).toBeNull();
    await pass(600);
    expect(holder(id)).toBeNull();
    check();
  });

  test('rests for as long as there was to accept it before it goes to the same operator, who is alone', async () => {
    const { pass, submit, holder, contact, operators, desk, check } = await scene([5]);
    const { id } = await submit();
    await pass(60);
    expect([holder(id), contact(id).waiting_reason, contact(id).next_at]).toEqual([null, 'let_go', inSeconds(desk, 60)]);
    await pass(59);
    expect(holder(id)).toBeNull();
    await pass(1);
    expect([holder(id), contact(id).accept_by]).toEqual([operators[0], inSeconds(desk, 60)]);
    check();
  });

  test('goes round among those who have all had it, but not to the last one at once', async () => {
    const { pass, submit, history, desk, check } = await scene([5, 5, 5]);
    value(await desk.do((write) => saveSettings(write, { no_answer_misses: null })));
    const { id } = await submit();
    await pass(60 * 12);
    const had = history(id).flatMap(([kind, to]) => (kind === 'returned' ? [] : [Number(to)]));
    expect(had.length).toBeGreaterThan(10);
    expect(new Set(had.slice(0, 3)).size).toBe(3);
    expect(had.filter((one, i) => one === had[i - 1])).toEqual([]);
    check();
  });

  test('is shown as an event, and its next operator has the whole time', async () => {
    const { desk, pass, submit, contact, check } = await scene([1, 1]);
    const { id } = await submit();
    expect(contact(id).accept_by).toBe(inSeconds(desk, 60));
    await pass(60);
    expect([contact(id).accept_by, contact(id).accepted_at]).toEqual([inSeconds(desk, 60), null]);
    check();
  });
});

describe('an operator who misses three in a row', () => {
  test('is set inactive, and all others that were not accepted are returned in the same step', async () => {
    const { desk, pass, submit, operators, holder, accept, setActive, contact, check } = await scene([8]);
    const [anna = 0] = operators;
    const kept = await submit();
    value(await accept(kept.id));
    for (let n = 0; n < 2; n++) await submit();
    await pass(30);
    const five = [];
    for (let n = 0; n < 5; n++) five.push((await submit()).id);
    await pass(30);
    expect(desk.engine.board().operators[anna]).toMatchObject({ is_active: true, held: 6 });
    await pass(30);
    expect(desk.engine.board().operators[anna]).toMatchObject({ is_active: false, inactive_reason: 'no_answer', held: 1 });
    expect(five.map((id) => [holder(id), contact(id).waiting_reason])).toEqual(five.map(() => [null, 'nobody_active']));
    expect(holder(kept.id)).toBe(anna);
    check();
    await setActive(anna, true);
    expect(desk.engine.board().operators[anna]).toMatchObject({ is_active: true, held: 1 }); // those that were let go rest first
    await pass(60);
    expect(desk.engine.board().operators[anna]).toMatchObject({ held: 8 });
    check();
  });

  test('is as before when that is undone, as far as there is room', async () => {
    const { desk, pass, submit, operators, check } = await scene([8]);
    const [anna = 0] = operators;
    for (let n = 0; n < 5; n++) await submit();
    await pass(60);
    const change = desk.rows<{ revision: number }>("SELECT revision FROM journal WHERE kind = 'operator_saved' AND actor = 'desk'")[0];
    value(await desk.do((write) => undoChange(write, change?.revision ?? 0)));
    const { is_active, held, unaccepted } = desk.engine.board().operators[anna] ?? {};
    expect([is_active, held, unaccepted?.length]).toEqual([true, 2, 2]); // three had been missed before
    check();
  });

  test.each(['accepts one', 'declines one', 'closes one'] as const)('starts from none after the operator %s', async (what) => {
    const { pass, submit, operators, misses, accept, decline, desk, check } = await scene([9]);
    const [anna = 0] = operators;
    for (let n = 0; n < 2; n++) await submit();
    await pass(60);
    expect(misses(anna)).toBe(2);
    const { id } = await submit();
    const answer = { 'accepts one': () => accept(id), 'declines one': () => decline(id), 'closes one': () => desk.do((write) => closeContact(write, id)) };
    expect(code(await answer[what]())).toBe('ok');
    expect(misses(anna)).toBe(0);
    check();
  });
});

describe('declining', () => {
  test('returns the contact with what was given as the reason, once, and is told again the same', async () => {
    const { submit, holder, decline, history, operators, desk, check } = await scene([1, 1]);
    const { id } = await submit();
    const first = holder(id) ?? 0;
    value(await decline(id, { operator_id: first, reason: ' Не мой район ' }));
    const second = operators.find((one) => one !== first) ?? 0;
    expect(holder(id)).toBe(second);
    expect(history(id).map((one) => one.slice(0, 2))).toEqual([
      ['draw', first],
      ['returned', 'declined'],
      ['drain', second],
    ]);
    expect(value(decision(desk.engine.read, id)).history[1]?.note).toBe('Не мой район');
    value(await decline(id, { operator_id: first }));
    expect(history(id)).toHaveLength(3);
    value(await decline(id, { operator_id: second }));
    expect(holder(id)).toBe(first); // both have had it, and the other had it last
    value(await decline(id, { operator_id: second }));
    expect(history(id)).toHaveLength(5);
    check();
  });

  test('is refused to who has never had the contact', async () => {
    const { submit, decline, operators, holder } = await scene([1, 1]);
    const { id } = await submit();
    const other = operators.find((one) => one !== holder(id)) ?? 0;
    expect(code(await decline(id, { operator_id: other }))).toBe('already_moved');
  });

  test('is refused for a closed contact', async () => {
    const { submit, decline, desk } = await scene([1]);
    const { id } = await submit();
    await desk.do((write) => closeContact(write, id));
    expect(code(await decline(id))).toBe('contact_closed');
  });
});

describe('accepting', () => {
  test('twice changes nothing; too late, it says who has the contact', async () => {
    const { pass, submit, holder, accept, operators, desk, check } = await scene([1, 1]);
    const { id } = await submit();
    const first = holder(id) ?? 0;
    await pass(60);
    const second = operators.find((one) => one !== first) ?? 0;
    const late = await accept(id, first);
    expect(late).toMatchObject({ ok: false, problem: { code: 'already_moved', params: { operator_id: second } } });
    value(await accept(id, second));
    const { revision } = desk.engine.board();
    value(await accept(id, second));
    expect(desk.engine.board().revision).toBe(revision);
    await pass(600);
    expect(holder(id)).toBe(second);
    check();
  });

  test('of a contact that waits again says that nobody has it', async () => {
    const { pass, submit, accept } = await scene([1]);
    const { id } = await submit();
    await pass(60);
    const late = await accept(id);
    expect([code(late), JSON.stringify(late)]).toEqual(['already_moved', expect.stringContaining('waiting again')]);
  });

  test('and the end of its time at one moment: one of both wins, and the other is told, in 10,000 races', { timeout: 120_000 }, async () => {
    const { desk, submit, accept, holder, settled, rule, check } = await scene([1, 1]);
    await rule((2 * SEEN_EVERY_MS) / 1000);
    let seed = 7;
    const random = (n: number) => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((seed / 2 ** 32) * n);
    };
    value(await desk.do((write) => saveSettings(write, { no_answer_misses: null })));
    const won = { accepted: 0, missed: 0 };
    for (let race = 0; race < 10_000; race++) {
      const { id, operator_id } = await submit();
      desk.now += SEEN_EVERY_MS;
      await settled(); // seen to be up
      // around the end: before it, exactly at it, after it; the desk looks before or together with the answer
      desk.now += SEEN_EVERY_MS - 1 + random(3);
      if (random(2) === 0) void settled();
      const answer = await accept(id, operator_id ?? 0);
      desk.now += 2;
      await settled(); // the deadline is due by now, whoever won
      const returned = desk.rows("SELECT 1 FROM decisions WHERE contact_id = ? AND kind = 'returned'", id).length;
      const accepted = desk.rows('SELECT 1 FROM contacts WHERE id = ? AND accepted_at IS NOT NULL', id).length;
      const refused = answer.ok ? null : [answer.problem.code, answer.problem.params?.operator_id];
      expect([accepted, returned, refused], `race ${race}`).toEqual(answer.ok ? [1, 0, null] : [0, 1, ['already_moved', holder(id)]]);
      won[answer.ok ? 'accepted' : 'missed']++;
      await desk.do((write) => closeContact(write, id));
    }
    expect(won.accepted).toBeGreaterThan(1000);
    expect(won.missed).toBeGreaterThan(1000);
    check();
  });
});

describe('another assignment', () => {
  test.each(['by hand', 'by undo', 'at the end of a shift'] as const)('%s starts the time anew', async (how) => {
    const { desk, pass, submit, contact, operators, reassign, setActive, holder, check } = await scene([2, 2]);
    const [anna = 0, boris = 0] = operators;
    const { id } = await submit();
    if (holder(id) !== anna) await reassign(id, anna);
    await pass(40);
    if (how === 'by hand') await reassign(id, boris);
    else value(await desk.do((write) => leaveOperator(write, { id: anna, reason: 'off', contacts: 'hand_over' })));
    expect(holder(id)).toBe(boris);
    if (how === 'by undo') {
      await pass(20);
      const [left] = desk.rows<{ revision: number }>("SELECT max(revision) AS revision FROM journal WHERE kind = 'operator_saved'");
      value(await desk.do((write) => undoChange(write, left?.revision ?? 0)));
    }
    expect(contact(id)).toMatchObject({ accept_by: inSeconds(desk, 60), accepted_at: null });
    await setActive(anna, true);
    await pass(59);
    expect(holder(id)).toBe(how === 'by undo' ? anna : boris);
    await pass(1);
    expect(holder(id)).toBe(how === 'by undo' ? boris : anna);
    check();
  });
});

describe('while the desk is not up', () => {
  test.each([
    ['killed at 10 s of 60 and up after 10 min', 10, 600, 50],
    ['killed after 4 s, before it noted being up', 4, 600, 60],
  ])('nobody is blamed: %s', async (_, before, away, least) => {
    const file = join(folder(), 'desk.db');
    const first = await scene([1, 1], { file });
    const { id } = await first.submit();
    const holder = first.holder(id);
    await first.pass(before);
    first.desk.engine.close();
    const { desk, pass, settled } = openTimed({ file });
    desk.now = first.desk.now + 1000 * away;
    const again = asks(desk);
    await settled();
    const left = (Date.parse(again.contact(id).accept_by ?? '') - desk.now) / 1000;
    expect(left).toBeGreaterThanOrEqual(least);
    expect(left).toBeLessThanOrEqual(least + 5);
    await pass(left - 1);
    expect(again.holder(id)).toBe(holder);
    await pass(1);
    expect(again.holder(id)).not.toBe(holder);
    expect(again.misses(holder ?? 0)).toBe(0);
    expect(again.history(id)).toHaveLength(3);
  });

  test.each([
    ['forward', 3600],
    ['back', -3600],
  ])('or its clock is set %s by an hour, nothing is missed, and nothing happens twice', async (_, by) => {
    const { desk, pass, submit, holder, misses, operators, history, contact, check } = await scene([1, 1]);
    const { id } = await submit();
    const first = holder(id);
    await pass(20);
    desk.now += 1000 * by;
    await desk.do((write) => saveSettings(write, { sounds: true }));
    expect((Date.parse(contact(id).accept_by ?? '') - desk.now) / 1000).toBeCloseTo(40, -1);
    await pass(45);
    expect(holder(id)).not.toBe(first);
    await pass(10);
    expect(history(id)).toHaveLength(3);
    expect(operators.map(misses)).toEqual([0, 0]);
    check();
  });

  test('nobody is blamed where a line opened meanwhile as well', async () => {
    const { desk, pass, submit, holder, misses, operators, contact, history, settled, check } = await scene([1, 1]);
    const [anna = 0, boris = 0] = operators;
    value(await desk.do((write) => updateRule(write, 1, { lines: [120], open_early: false })));
    value(await desk.do((write) => setLines(write, 1, [{ operator_id: boris, line: 2 }])));
    const first = await submit();
    expect(holder(first.id)).toBe(anna);
    const second = await submit(); // waits until line 2 opens
    expect(holder(second.id)).toBe(null);
    await pass(10);
    desk.now += 600_000;
    await settled();
    expect([holder(first.id), holder(second.id)]).toEqual([anna, boris]);
    const left = (Date.parse(contact(first.id).accept_by ?? '') - desk.now) / 1000;
    expect(left).toBeGreaterThanOrEqual(50);
    await pass(left - 1);
    expect(holder(first.id)).toBe(anna);
    await pass(1);
    expect([history(first.id).slice(1), misses(anna)]).toEqual([[['returned', 'missed', null]], 0]);
    check();
  });

  test('and its clock was set back while nothing was to be accepted, a later start does not take that for time away', async () => {
    const file = join(folder(), 'desk.db');
    const first = await scene([1, 1], { file });
    const early = await first.submit();
    await first.pass(10);
    value(await first.accept(early.id));
    await first.pass(10);
    first.desk.now -= 3_600_000;
    await first.settled();
    const { id } = await first.submit();
    const holder = first.holder(id);
    first.desk.engine.close();
    const { desk, pass, settled } = openTimed({ file });
    desk.now = first.desk.now + 2000;
    await settled();
    await pass(50);
    expect(asks(desk).holder(id)).toBe(holder);
  });

  test('a deadline that was carried out is not carried out again by the next start', async () => {
    const file = join(folder(), 'desk.db');
    const first = await scene([1, 1], { file });
    const { id } = await first.submit();
    await first.pass(60);
    const before = first.history(id);
    first.desk.engine.close();
    const { desk, pass } = openTimed({ file });
    desk.now = first.desk.now + 1000;
    await pass(30);
    expect(asks(desk).history(id)).toEqual(before);
  });
});
