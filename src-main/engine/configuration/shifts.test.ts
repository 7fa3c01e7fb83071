import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { closeContact, reassignContact } from '#engine/contacts/contacts.ts';
import { type DeskOptions, value } from '#engine/testing/desk.ts';
import { passing } from '#engine/testing/passing.ts';
import { Witness } from '#engine/testing/witness.ts';
import { operator as readOperator } from '#engine/views/queries.ts';
import type { OperatorPatch } from '#shared/contract/entities.ts';
import type { OwnShift } from '#shared/operator-hours.ts';
import type { Interval, Schedule } from '#shared/schedule.ts';
import { verifyChain } from '#store/journal/chain.ts';
import { folder } from '#store/testing/folder.ts';
import { archiveOperator, restoreOperator, updateOperator } from './operators.ts';
import { createSchedule, removeSchedule, setShifts, updateSchedule } from './schedules.ts';
import { undoChange } from './undo-change.ts';

/** A moment by the clock of Moscow, on a day of December 2026: `2 17:50`. The first is a Tuesday. */
function moscow(text: string): number {
  const [day = '', time = ''] = text.split(' ');
  return Date.parse(`2026-12-${day.padStart(2, '0')}T${time.padStart(5, '0')}:00+03:00`);
}

const work = (from: string, to: string): Interval => ({ from, to, kind: 'work' });
const DAY: Schedule = {
  name: 'День',
  time_zone: 'Europe/Moscow',
  anchor_date: '2026-12-01',
  days: [[work('09:00', '18:00'), { from: '13:00', to: '14:00', kind: 'lunch' }]],
  exceptions: [],
};
const overtime = (to: string): OwnShift => ({ kind: 'work', intervals: [work('09:00', to)], note: null });

/** Operators with this schedule, at 8 o'clock on the first day, off line since they were added. */
async function scene({
  count = 1,
  schedule = {},
  hours = {},
  desk: options = {},
}: {
  count?: number;
  schedule?: Partial<Schedule>;
  hours?: OperatorPatch;
  desk?: DeskOptions;
} = {}) {
  const { desk, until, settled } = passing(options, moscow('1 8:00'));
  const witness = new Witness(desk);
  const schedule_id = value(await desk.do((write) => createSchedule(write, { ...DAY, ...schedule }))).id;
  const ids: number[] = [];
  for (let n = 1; n <= count; n++) ids.push(await desk.operator(`Operator ${n}`, 10, false));
  const patch = (id: number, fields: OperatorPatch) => desk.engine.write('console', (write) => updateOperator(write, id, fields));
  for (const id of ids) value(await patch(id, { schedule_id, ...hours }));
  const [anna = 0] = ids;
  const state = (id = anna) => {
    const { is_active, inactive_reason, switched_by } = desk.engine.board().operators[id] ?? {};
    return [is_active === true ? 'on' : inactive_reason, switched_by ?? null];
  };
  const switchTo = async (is_active: boolean, fields: OperatorPatch = {}) => void value(await patch(anna, { is_active, ...fields }));
  const setShift = async (date: string, shift: OwnShift | null) => void value(await desk.do((write) => setShifts(write, [{ operator_id: anna, date, shift }])));
  const check = () => {
    witness.catchUp();
    witness.inspect();
    expect([witness.violations, verifyChain(desk.engine.read.store.reading, 0).ok, desk.errors]).toEqual([[], true, []]);
  };
  return { desk, settled, schedule_id, ids, anna, patch, state, switchTo, setShift, check, at: (text: string) => until(moscow(text)) };
}

const steps = (desk: { rows<T>(sql: string): T[] }) =>
  desk.rows<{ revision: number }>("SELECT revision FROM journal WHERE actor = 'desk' AND kind = 'operator_saved'").map(({ revision }) => revision);

describe('a schedule', () => {
  test('switches an operator on and off at its boundaries, at lunch too, and each time to the moment', async () => {
    const { at, state, check, desk } = await scene({ hours: { closing_seconds: 600 } });
    const seen: unknown[] = [];
    for (const moment of ['1 8:59', '1 9:00', '1 12:59', '1 13:00', '1 14:00', '1 17:49', '1 17:50', '1 18:00', '2 8:59', '2 9:00']) {
      await at(moment);
      seen.push([moment, ...state()]);
    }
    expect(seen).toEqual([
      ['1 8:59', null, null],
      ['1 9:00', 'on', 'desk'],
      ['1 12:59', 'on', 'desk'],
      ['1 13:00', 'lunch', 'desk'],
      ['1 14:00', 'on', 'desk'],
      ['1 17:49', 'on', 'desk'],
      ['1 17:50', 'closing', 'desk'],
      ['1 18:00', 'shift_over', 'desk'],
      ['2 8:59', 'shift_over', 'desk'],
      ['2 9:00', 'on', 'desk'],
    ]);
    expect(desk.engine.board().operators[1]?.active_changed_at).toBe(moscow('2 9:00'));
    check();
  });

  test('acts from its next boundary on, not from the moment it is given', async () => {
    const { at, state, patch, anna, schedule_id } = await scene();
    await patch(anna, { schedule_id: null });
    await at('1 10:00');
    await patch(anna, { schedule_id });
    await at('1 12:59');
    expect(state()).toEqual([null, null]);
    await at('2 9:00');
    expect(state()).toEqual(['on', 'desk']);
  });

  test('is told with the operator: who switched it, and until when', async () => {
    const { at, desk, anna } = await scene();
    await at('1 9:30');
    const shown = value(readOperator(desk.engine.read, anna));
    const iso = (text: string) => new Date(moscow(text)).toISOString();
    expect(shown.state).toEqual({ since: iso('1 9:00'), by: 'desk', reason: null, until: iso('1 13:00') });
  });

  test('of an operator who checks in does not switch on, but off', async () => {
    const { at, state, switchTo } = await scene({ hours: { start: 'check_in' } });
    await at('1 9:00');
    expect(state()).toEqual([null, null]);
    await switchTo(true);
    await at('1 13:00');
    expect(state()).toEqual(['lunch', 'desk']);
    await at('1 14:00');
    expect(state()).toEqual(['on', 'desk']);
    await at('1 18:00');
    expect(state()).toEqual(['shift_over', 'desk']);
    await at('2 9:00');
    expect(state()).toEqual(['shift_over', 'desk']);
  });

  test('that is changed is followed from then on, by all who have it', async () => {
    const { at, state, desk, schedule_id, ids } = await scene({ count: 40 });
    await at('1 9:00');
    value(await desk.do((write) => updateSchedule(write, schedule_id, { days: [[work('09:00', '11:00')]] })));
    await at('1 10:59');
    expect(ids.every((id) => state(id)[0] === 'on')).toBe(true);
    await at('1 11:00');
    expect(ids.every((id) => state(id)[0] === 'shift_over')).toBe(true);
  });

  test('is not removed while somebody has it, and its removal is undone', async () => {
    const { desk, schedule_id, patch, anna } = await scene();
    const remove = () => desk.do((write) => removeSchedule(write, schedule_id));
    expect(await remove()).toMatchObject({ ok: false, problem: { code: 'in_use', params: { names: 'Operator 1' } } });
    await patch(anna, { schedule_id: null });
    const removed = await remove();
    expect([removed.ok, desk.engine.board().schedules]).toEqual([true, {}]);
    value(await desk.do((write) => undoChange(write, removed.revision ?? 0)));
    expect(desk.engine.board().schedules[schedule_id]).toEqual(DAY);
  });

  test('ends with the archiving of an operator, and its name is its own', async () => {
    const { desk, anna, at, state, schedule_id } = await scene();
    value(await desk.do((write) => archiveOperator(write, anna)));
    expect(desk.rows('SELECT 1 FROM deadlines')).toEqual([]);
    value(await desk.do((write) => restoreOperator(write, anna)));
    await at('1 9:00');
    expect(state()).toEqual([null, null]);
    expect(await desk.do((write) => createSchedule(write, { ...DAY, name: ' ДЕНЬ' }))).toMatchObject({ ok: false, problem: { code: 'name_taken' } });
    expect(await desk.do((write) => updateOperator(write, anna, { schedule_id: schedule_id + 1 }))).toMatchObject({
      ok: false,
      problem: { code: 'not_found' },
    });
  });
});

describe('the desk never overrules a person', () => {
  test('whoever was switched off by hand stays off until the shift ends', async () => {
    const { at, state, switchTo, check } = await scene();
    await at('1 10:12');
    await switchTo(false, { inactive_reason: 'break' });
    await at('1 17:59');
    expect(state()).toEqual(['break', 'console']);
    await at('1 18:00');
    expect(state()).toEqual(['shift_over', 'desk']);
    await at('2 9:00');
    expect(state()).toEqual(['on', 'desk']);
    check();
  });

  test('whoever was switched off by hand outside of a shift stays off as long as nobody says otherwise', async () => {
    const { at, state, switchTo } = await scene();
    await at('1 9:30');
    await at('1 20:00');
    await switchTo(true);
    await switchTo(false, { inactive_reason: 'sick' });
    await at('3 12:00');
    expect(state()).toEqual(['sick', 'console']);
    await switchTo(true);
    await at('3 18:00');
    expect(state()).toEqual(['shift_over', 'desk']);
    await at('4 9:00');
    expect(state()).toEqual(['on', 'desk']);
  });

  test('whoever was switched on by hand before the shift is left on, and goes off at its end', async () => {
    const { at, state, switchTo } = await scene();
    await at('1 8:30');
    await switchTo(true);
    await at('1 9:00');
    expect(state()).toEqual(['on', 'console']);
    await at('1 18:00');
    expect(state()).toEqual(['shift_over', 'desk']);
  });

  test('the end of lunch does not switch on whom somebody else switched off', async () => {
    const { at, state, switchTo } = await scene();
    await at('1 12:00');
    await switchTo(false);
    await at('1 14:00');
    expect(state()).toEqual([null, 'console']);
  });

  test('overtime goes before the end, and a day off before the beginning', async () => {
    const { at, state, setShift, check } = await scene();
    await at('1 17:00');
    await setShift('2026-12-01', overtime('20:00'));
    await setShift('2026-12-02', { kind: 'vacation', intervals: [], note: 'до 3-го' });
    await at('1 18:00');
    expect(state()).toEqual(['on', 'desk']);
    await at('1 20:00');
    expect(state()).toEqual(['shift_over', 'desk']);
    await at('2 12:00');
    expect(state()).toEqual(['shift_over', 'desk']);
    await setShift('2026-12-02', null);
    await at('3 9:00');
    expect(state()).toEqual(['on', 'desk']);
    check();
  });
});

describe('after a time in which the desk was not up', () => {
  test.each([
    ['three days, until noon', '4 12:00', 'on'],
    ['three days, until the evening', '4 19:00', 'shift_over'],
    ['three days, until lunch', '4 13:30', 'lunch'],
    ['an hour, within one shift', '1 11:00', 'on'],
  ])('only the latest boundary is carried out: %s', async (_, back, expected) => {
    const file = join(folder(), 'desk.db');
    const first = await scene({ desk: { file } });
    await first.at('1 10:00');
    const before = steps(first.desk).length;
    first.desk.engine.close();
    const { desk, settled } = passing({ file, now: () => moscow(back) }, moscow(back));
    for (let n = 0; n < 3; n++) await settled();
    const { is_active, inactive_reason } = desk.engine.board().operators[first.anna] ?? {};
    expect(is_active ? 'on' : inactive_reason).toBe(expected);
    expect(steps(desk).length - before).toBeLessThanOrEqual(1);
    const missed = desk
      .rows<{ data: string }>("SELECT data FROM journal WHERE kind = 'shift_boundaries_missed'")
      .map(({ data }) => JSON.parse(data).missed.length);
    expect(missed).toEqual(back.startsWith('4') ? [{ '4 12:00': 11, '4 19:00': 14, '4 13:30': 12 }[back]] : []);
  });

  test('what was carried out is not carried out again by the next start', async () => {
    const file = join(folder(), 'desk.db');
    const first = await scene({ desk: { file } });
    await first.at('1 9:00');
    const before = steps(first.desk);
    first.desk.engine.close();
    const { desk, settled } = passing({ file, now: () => moscow('1 9:00') + 1 }, moscow('1 9:00') + 1);
    for (let n = 0; n < 3; n++) await settled();
    expect(steps(desk)).toEqual(before);
  });

  test.each([
    ['forward', 60],
    ['back', -60],
  ])('or whose clock was set %s by an hour, operators are as the clock shows, and nothing is done twice', async (_, by) => {
    const { at, state, desk, settled, check } = await scene();
    await at('1 17:30');
    const before = steps(desk).length;
    desk.now += by * 60_000;
    for (let n = 0; n < 3; n++) await settled();
    expect(state()[0]).toBe(by > 0 ? 'shift_over' : 'on');
    await at('1 18:30');
    expect(state()).toEqual(['shift_over', 'desk']);
    expect(steps(desk).length - before).toBe(1);
    await at('2 9:00');
    expect(state()).toEqual(['on', 'desk']);
    check();
  });

  test('a clock that was a day ahead does not keep anybody on through the night', async () => {
    const { at, state, desk, settled } = await scene();
    await at('1 17:00');
    desk.now = moscow('2 17:00');
    for (let n = 0; n < 3; n++) await settled();
    desk.now = moscow('1 17:05');
    for (let n = 0; n < 3; n++) await settled();
    await at('1 18:00');
    expect(state()).toEqual(['shift_over', 'desk']);
  });
});

describe('at the end of a shift', () => {
  /** Anna holds ten contacts of a source that Boris works for too, who is at work without a schedule and has room for four. */
  async function full(at_end: 'keep' | 'put_back' | 'hand_over') {
    const its = await scene({ hours: { at_end } });
    const { desk, at, anna } = its;
    const boris = await desk.operator('Boris', 4);
    const source = await desk.source('Bot');
    await desk.weights(source, { [anna]: 1, [boris]: 0 });
    await at('1 9:00');
    const contacts: number[] = [];
    for (let n = 0; n < 10; n++) contacts.push(value(await desk.submit(source, { external_id: `tg-${n}` })).contact.id);
    await desk.weights(source, { [boris]: 1 });
    const held = (id: number) => desk.engine.board().operators[id]?.held;
    const holder = (id: number | undefined) => desk.rows<{ operator_id: number }>(`SELECT operator_id FROM contacts WHERE id = ${id}`)[0]?.operator_id;
    return { ...its, boris, source, contacts, held, holder, waiting: () => desk.engine.board().waiting[source] ?? 0 };
  }

  test.each([
    ['keep', [10, 0, 0]],
    ['put_back', [0, 4, 6]],
    ['hand_over', [6, 4, 0]],
  ] as const)('contacts: %s', async (at_end, expected) => {
    const { at, held, anna, boris, waiting, desk, check } = await full(at_end);
    await at('1 18:00');
    expect([held(anna), held(boris), waiting()]).toEqual(expected);
    check();
    const [last] = steps(desk).slice(-1);
    value(await desk.do((write) => undoChange(write, last ?? 0)));
    expect([desk.engine.board().operators[anna]?.is_active, held(anna), held(boris), waiting()]).toEqual([true, 10, 0, 0]);
    check();
  });

  test('what nobody had room for is handed over as soon as a slot opens, oldest first', async () => {
    const { at, held, holder, anna, boris, contacts, desk, check } = await full('hand_over');
    await at('1 18:00');
    expect(contacts.filter((id) => holder(id) === boris)).toEqual(contacts.slice(0, 4));
    value(await desk.do((write) => closeContact(write, contacts[0] ?? 0)));
    expect([held(anna), held(boris), holder(contacts[4])]).toEqual([5, 4, boris]);
    const carla = await desk.operator('Carla', 20);
    await desk.weights(1, { [carla]: 1 });
    expect([held(anna), held(carla)]).toEqual([0, 5]);
    check();
  });

  test('what waits goes before what somebody holds who went home', async () => {
    const { at, held, anna, boris, source, desk, contacts } = await full('hand_over');
    await at('1 18:00');
    const late = value(await desk.submit(source, { external_id: 'late' })).contact;
    expect(late.status).toBe('waiting');
    value(await desk.do((write) => closeContact(write, contacts[0] ?? 0)));
    expect([held(anna), held(boris), desk.engine.board().waiting[source]]).toEqual([6, 4, undefined]);
  });

  test('what a person gives afterwards to somebody who went home stays there', async () => {
    const { at, anna, desk, contacts, held, holder, boris, check } = await full('hand_over');
    await at('1 18:10');
    value(await desk.do((write) => reassignContact(write, contacts[0] ?? 0, anna)));
    expect([held(anna), held(boris), holder(contacts[0]), holder(contacts[4])]).toEqual([6, 4, anna, boris]);
    check();
  });
});

test('a broken rule would be seen: a desk that does not know who switched somebody off overrules a person', async () => {
  const file = join(folder(), 'desk.db');
  const { at, switchTo, desk, anna } = await scene({ desk: { file } });
  await at('1 20:00');
  await switchTo(true);
  await switchTo(false, { inactive_reason: 'sick' });
  desk.engine.read.store.connection.exec('UPDATE operators SET switched_by = NULL');
  desk.engine.close();
  const next = passing({ file, now: () => moscow('2 9:00') }, moscow('2 9:00'));
  for (let n = 0; n < 3; n++) await next.settled();
  expect(next.desk.engine.board().operators[anna]?.is_active).toBe(true);
});
