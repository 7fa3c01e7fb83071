import { describe, expect, test } from 'vitest';
import { setLines, updateRule } from '#engine/configuration/rules.ts';
import { createSchedule, removeSchedule, updateSchedule } from '#engine/configuration/schedules.ts';
import { undoChange } from '#engine/configuration/undo-change.ts';
import { reassignContact } from '#engine/contacts/contacts.ts';
import { value } from '#engine/testing/desk.ts';
import { passing } from '#engine/testing/passing.ts';
import { Witness } from '#engine/testing/witness.ts';
import { decision, contact as readContact } from '#engine/views/queries.ts';
import { adminPrincipal } from '#shared/contract/principal.ts';
import type { RulePatch } from '#shared/contract/rules.ts';
import type { Interval } from '#shared/schedule.ts';
import { verifyChain } from '#store/journal/chain.ts';

/** A moment by the clock of Moscow, on a day of December 2026: `1 17:59:30`. */
function moscow(text: string): number {
  const [day = '', time = ''] = text.split(' ');
  return Date.parse(`2026-12-${day.padStart(2, '0')}T${time.length > 5 ? time.padStart(8, '0') : `${time.padStart(5, '0')}:00`}+03:00`);
}
const iso = (text: string) => new Date(moscow(text)).toISOString();

const work = (from: string, to: string): Interval => ({ from, to, kind: 'work' });
const DAY = { name: 'День', time_zone: 'Europe/Moscow', anchor_date: '2026-12-01', days: [[work('09:00', '18:00')]], exceptions: [] };

/** A source that is open from 9 to 18, and Anna with room for so many contacts. */
async function scene({ room = 10, rule = {} }: { room?: number; rule?: RulePatch } = {}) {
  const { desk, until } = passing({}, moscow('1 12:00'));
  const witness = new Witness(desk);
  const anna = await desk.operator('Анна', room);
  const source = await desk.source('VK');
  await desk.weights(source, { [anna]: 1 });
  const schedule_id = value(await desk.do((write) => createSchedule(write, DAY))).id;
  const set = async (patch: RulePatch) => value(await desk.do((write) => updateRule(write, source, patch)));
  await set({ schedule_id, ...rule });
  const submit = async (external_id: string, of = source) => value(await desk.submit(of, { external_id })).contact;
  const seen = (id: number) => value(readContact(desk.engine.read, id, adminPrincipal));
  const check = () => {
    witness.catchUp();
    witness.inspect();
    expect([witness.violations, verifyChain(desk.engine.read.store.reading, 0).ok, desk.errors]).toEqual([[], true, []]);
  };
  return { desk, anna, source, schedule_id, set, submit, seen, check, at: (text: string) => until(moscow(text)) };
}

describe('a source outside of its hours', () => {
  test('keeps contacts waiting, says why and until when, and assigns them when it opens', async () => {
    const { submit, at, seen, check, anna } = await scene();
    expect(await submit('day')).toMatchObject({ status: 'assigned', opens_at: null });
    await at('1 18:00');
    const late = await submit('late');
    expect(late).toMatchObject({ status: 'waiting', waiting_reason: 'closed_hours', opens_at: iso('2 9:00'), next_at: iso('2 9:00') });
    await at('2 8:59:59');
    expect(seen(late.id).status).toBe('waiting');
    await at('2 9:00');
    expect(seen(late.id)).toMatchObject({ status: 'assigned', operator_id: anna, assigned_at: iso('2 9:00'), opens_at: null });
    check();
  });

  test('lets the clock of its contacts stand still: at 9 one that came at 17:59:30 has waited half a minute', async () => {
    const { desk, submit, at, seen, set, check, source } = await scene({ room: 0, rule: { target_seconds: 60 } });
    const boris = await desk.operator('Борис', 1);
    await desk.weights(source, { [boris]: 1 });
    await set({ lines: [60], open_early: false });
    value(await desk.do((write) => setLines(write, source, [{ operator_id: boris, line: 2 }])));
    await at('1 17:59:30');
    const { id, target_at, next_at } = await submit('evening');
    expect([target_at, next_at]).toEqual([iso('2 9:00:30'), iso('1 18:00:30')]);
    await at('2 9:00');
    expect(seen(id)).toMatchObject({
      status: 'waiting',
      waiting_reason: 'line_closed',
      next_at: iso('2 9:00:30'),
      target_at: iso('2 9:00:30'),
      opens_at: null,
    });
    await at('2 9:00:29');
    expect(seen(id).status).toBe('waiting');
    await at('2 9:00:30');
    expect(seen(id)).toMatchObject({ status: 'assigned', operator_id: boris });
    check();
  });

  test('asks for tags as long as the rule says, without the time in which it was closed', async () => {
    const { desk, at, seen, check, anna, source } = await scene({ rule: { needs: ['language'], needs_seconds: 60 } });
    await at('1 17:59:30');
    const { id, waiting_reason } = value(await desk.submit(source, { external_id: 'en', attributes: { language: 'en' } })).contact;
    expect(waiting_reason).toBe('nobody_fits');
    await at('2 9:00:29');
    expect(seen(id).status).toBe('waiting');
    await at('2 9:00:30');
    expect(seen(id).operator_id).toBe(anna);
    check();
  });

  test('does not block another source, and the one that opens is next by what its contacts have waited', async () => {
    const { desk, submit, at, seen, check, anna } = await scene({ room: 1 });
    const open = await desk.source('Telegram');
    await desk.weights(open, { [anna]: 1 });
    await at('1 18:00');
    const closed = await submit('closed');
    const other = await submit('other', open);
    expect([closed.waiting_reason, other.status]).toEqual(['closed_hours', 'assigned']);
    await at('2 9:00');
    expect(seen(closed.id).waiting_reason).toBe('all_full');
    check();
  });

  test('is no obstacle to a person: by hand a contact may be given at night', async () => {
    const { desk, submit, at, seen, check, anna } = await scene();
    await at('1 22:00');
    const { id } = await submit('night');
    value(await desk.do((write) => reassignContact(write, id, anna)));
    expect(seen(id)).toMatchObject({ status: 'assigned', operator_id: anna });
    value(await desk.do((write) => reassignContact(write, id, null)));
    expect(seen(id)).toMatchObject({ status: 'waiting', waiting_reason: 'closed_hours' });
    check();
  });

  test('shows in each decision that nobody was asked, and until when', async () => {
    const { desk, submit, at, anna } = await scene();
    await at('1 22:00');
    const { id } = await submit('night');
    const why = value(decision(desk.engine.read, id));
    expect(why).toMatchObject({ operator: null, waiting_reason: 'closed_hours', sum: 0, next_at: iso('2 9:00') });
    expect(why.table).toMatchObject([{ operator_id: anna, passed_over: 'closed_hours', until: iso('2 9:00'), probability: 0 }]);
  });
});

describe('the hours of a source', () => {
  test('open at once when the schedule is changed, or taken away, and the change is undone', async () => {
    const { desk, submit, at, seen, set, schedule_id, check } = await scene();
    await at('1 20:00');
    const [first, second, third] = [await submit('a'), await submit('b'), await submit('c')];
    value(await desk.do((write) => updateSchedule(write, schedule_id, { days: [[work('09:00', '21:00')]] })));
    expect([first, second, third].map(({ id }) => seen(id).status)).toEqual(['assigned', 'assigned', 'assigned']);
    const [longer] = desk.rows<{ revision: number }>("SELECT MAX(revision) AS revision FROM journal WHERE kind = 'work_schedule_saved'");
    value(await desk.do((write) => undoChange(write, longer?.revision ?? 0)));
    const fourth = await submit('d');
    expect(fourth.waiting_reason).toBe('closed_hours');
    await set({ schedule_id: null });
    expect(seen(fourth.id).status).toBe('assigned');
    check();
  });

  test('are of a schedule that exists, and that is not removed while the source has it', async () => {
    const { desk, schedule_id, source, set } = await scene();
    expect(await desk.do((write) => updateRule(write, source, { schedule_id: schedule_id + 1 }))).toMatchObject({ ok: false, problem: { code: 'not_found' } });
    expect(await desk.do((write) => removeSchedule(write, schedule_id))).toMatchObject({ ok: false, problem: { code: 'in_use', params: { names: 'VK' } } });
    await set({ schedule_id: null });
    expect((await desk.do((write) => removeSchedule(write, schedule_id))).ok).toBe(true);
  });

  test('end at lunch and begin after it, and a day without hours is closed', async () => {
    const lunch = { from: '13:00', to: '14:00', kind: 'lunch' as const };
    const { desk, schedule_id, submit, at } = await scene();
    value(await desk.do((write) => updateSchedule(write, schedule_id, { days: [[work('09:00', '18:00'), lunch], []] })));
    await at('1 13:30');
    expect((await submit('a')).opens_at).toBe(iso('1 14:00'));
    await at('1 19:00');
    expect((await submit('b')).opens_at).toBe(iso('3 9:00'));
  });
});
