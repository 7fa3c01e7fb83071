import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Port } from '#intake/testing/port.ts';

let port: Port;
beforeEach(async () => {
  port = await Port.open();
});
afterEach(() => port.close());

const work = (from: string, to: string) => ({ from, to, kind: 'work' });
const week = { name: 'Неделя', time_zone: 'Europe/Moscow', anchor_date: '2026-11-23', days: [[work('09:00', '18:00')], []] };
const call = async (method: string, path: string, body?: unknown) => {
  const answer = await port.call(method, path, { body });
  return { status: answer.status, body: answer.body };
};

describe('schedules', () => {
  test('are added, read, changed and removed', async () => {
    const added = await port.call('POST', '/schedules', { body: week });
    const stored = { id: 1, ...week, exceptions: [] };
    expect([added.status, added.headers.get('location'), added.body]).toEqual([201, '/schedules/1', stored]);
    expect((await call('GET', '/schedules')).body).toEqual({ items: [stored], next_cursor: null });
    expect((await call('GET', '/schedules/1')).body).toEqual(stored);
    const exceptions = [{ date: '2026-12-31', intervals: [], note: 'Новый год' }];
    expect(await call('PATCH', '/schedules/1', { exceptions })).toEqual({ status: 200, body: { ...stored, exceptions } });
    expect((await call('DELETE', '/schedules/1')).status).toBe(204);
    expect((await call('GET', '/schedules/1')).status).toBe(404);
    expect((await call('GET', '/schedules')).body.items).toEqual([]);
  });

  test('are not removed while somebody has them', async () => {
    await call('POST', '/schedules', week);
    await call('POST', '/operators', { name: 'Анна', schedule_id: 1 });
    expect(await call('DELETE', '/schedules/1')).toMatchObject({ status: 409, body: { code: 'in_use', detail: expect.stringContaining('Анна') } });
    expect((await call('PATCH', '/operators/1', { schedule_id: null })).body.schedule_id).toBeNull();
    expect((await call('DELETE', '/schedules/1')).status).toBe(204);
  });

  test.each([
    [{ ...week, days: [] }, '/days'],
    [{ ...week, days: Array.from({ length: 57 }, () => []) }, '/days'],
    [{ ...week, days: [[work('18:00', '09:00')]] }, '/days/0/0/to'],
    [{ ...week, days: [[work('24:00', '30:00')]] }, '/days/0/0/from'],
    [{ ...week, days: [[work('9:00', '18:00')]] }, '/days/0/0/from'],
    [{ ...week, days: [[work('09:00', '48:01')]] }, '/days/0/0/to'],
    [{ ...week, time_zone: 'Europe/Moskau' }, '/time_zone'],
    [{ ...week, anchor_date: '2026-02-30' }, '/anchor_date'],
    [
      {
        ...week,
        exceptions: [
          { date: '2026-12-31', intervals: [] },
          { date: '2026-12-31', intervals: [] },
        ],
      },
      '/exceptions',
    ],
    [{ ...week, shifts: [] }, '/shifts'],
  ])('%j is refused with the path of what is wrong', async (body, path) => {
    const { status, body: problem } = await call('POST', '/schedules', body);
    expect([status, problem.errors[0].path]).toEqual([422, path]);
  });
});

describe('the shifts of an operator', () => {
  beforeEach(async () => {
    await call('POST', '/schedules', week);
    await call('POST', '/operators', { name: 'Анна', schedule_id: 1, shift_offset: 1, time_zone: 'Asia/Novosibirsk' });
  });
  const shifts = async () => (await call('GET', '/operators/1/shifts?from=2026-11-24&to=2026-11-27')).body.items;
  const on = (date: string, from: string, to: string) => ({ date, from: `${date}T${from}:00.000Z`, to: `${date}T${to}:00.000Z`, kind: 'work' });

  test('are those of the schedule, as the operator keeps it', async () => {
    expect(await shifts()).toEqual([on('2026-11-24', '02:00', '11:00'), on('2026-11-26', '02:00', '11:00')]);
  });

  test('are other ones on a date with its own', async () => {
    expect((await call('PUT', '/operators/1/shifts/2026-11-24', { kind: 'vacation', note: 'море' })).status).toBe(204);
    expect((await call('PUT', '/operators/1/shifts/2026-11-25', { kind: 'swap', intervals: [work('10:00', '12:00')] })).status).toBe(204);
    expect(await shifts()).toEqual([on('2026-11-25', '03:00', '05:00'), on('2026-11-26', '02:00', '11:00')]);
    expect((await port.call('PUT', '/operators/1/shifts/2026-11-24', { body: null })).status).toBe(204);
    expect(await shifts()).toHaveLength(3);
  });

  test.each([
    ['PUT', '/operators/1/shifts/2026-11-24', { kind: 'sick', intervals: [work('10:00', '12:00')] }, 422],
    ['PUT', '/operators/1/shifts/2026-11-24', { kind: 'holiday' }, 422],
    ['PUT', '/operators/1/shifts/24.11.2026', null, 404],
    ['PUT', '/operators/2/shifts/2026-11-24', null, 404],
    ['GET', '/operators/1/shifts?from=2026-11-24', undefined, 422],
    ['GET', '/operators/1/shifts?from=2026-11-24&to=2026-11-23', undefined, 422],
    ['GET', '/operators/1/shifts?from=2026-11-24&to=2028-11-23', undefined, 422],
    ['GET', '/operators/2/shifts?from=2026-11-24&to=2026-11-24', undefined, 404],
  ])('%s %s %j is refused', async (method, path, body, status) => {
    expect((await call(method, path, body)).status).toBe(status);
  });
});
