import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { updateOperator } from '#engine/configuration/operators.ts';
import { updateRule } from '#engine/configuration/rules.ts';
import { closeContact, reassignContact } from '#engine/contacts/contacts.ts';
import { Desk, value } from '#engine/testing/desk.ts';
import { contacts, decision } from '#engine/views/queries.ts';
import type { Today } from '#shared/contract/today.ts';
import { DAY_MS } from '#shared/time.ts';
import { folder } from '#store/testing/folder.ts';

const SOON_MS = 20_000;
const today = (desk: Desk): Promise<Today> => desk.engine.today.figures(SOON_MS);
const partOf = (figures: Today, operator_id: number) => figures.operators.find((part) => part.operator_id === operator_id);

/** The same sums, computed from the API's answers about each decision. */
function expectedFromDecisions(desk: Desk): Map<number, number> {
  const sums = new Map<number, number>();
  for (const { id } of value(contacts(desk.engine.read, { limit: 500 }, null)).items)
    for (const { kind, operator_id, table } of value(decision(desk.engine.read, id)).history)
      if (kind !== 'manual' && operator_id !== null)
        for (const row of table) if (row.passed_over === null) sums.set(row.operator_id, (sums.get(row.operator_id) ?? 0) + row.probability);
  return sums;
}

async function shift(options: { file?: string } = {}) {
  const desk = new Desk(options);
  const [anna, boris, vera] = [await desk.operator('Анна', 6), await desk.operator('Борис', 40), await desk.operator('Вера', 40)];
  const source = await desk.source('VK');
  await desk.weights(source, { [anna]: 300, [boris]: 100, [vera]: 0 });
  return { desk, anna, boris, vera, source };
}

describe('the figures of the day', () => {
  test('count a contact that came back to its own operator as received and assigned, and not as a draw', async () => {
    const { desk, anna, source } = await shift();
    value(await desk.do((write) => updateRule(write, source, { owner: { mode: 'open', days: 30, wait_seconds: 600 } })));
    await desk.submit(source, { external_id: 'x' });
    value(await desk.do((write) => reassignContact(write, 1, anna)));
    const before = await today(desk);
    await desk.submit(source, { external_id: 'x' });
    const after = await today(desk);
    expect([after.came, after.in_time, after.assigned, after.draws]).toEqual([before.came + 1, before.in_time + 1, before.assigned + 1, before.draws]);
    expect(after.operators).toEqual(before.operators);

    value(await desk.do((write) => updateOperator(write, anna, { max_load: 1 })));
    await desk.submit(source, { external_id: 'x' });
    expect(await today(desk)).toMatchObject({ came: 3, assigned: 2 });
    desk.now += 30_000;
    value(await desk.do((write) => updateOperator(write, anna, { max_load: 9 })));
    expect(await today(desk)).toMatchObject({ came: 3, assigned: 3, late: 1, draws: before.draws });
  });

  test('expect for each operator the sum of its probabilities over the draws in which it was eligible', async () => {
    const { desk, anna, boris, vera, source } = await shift();
    for (let nth = 0; nth < 20; nth++) {
      await desk.submit(source, { external_id: `a${nth}` });
      if (nth === 9) value(await desk.do((write) => updateOperator(write, boris, { is_active: false })));
      if (nth === 12) value(await desk.do((write) => updateOperator(write, boris, { is_active: true })));
    }
    const figures = await today(desk);
    const sums = expectedFromDecisions(desk);
    for (const id of [anna, boris]) expect(partOf(figures, id)?.expected).toBeCloseTo(sums.get(id) ?? Number.NaN, 9);
    expect(partOf(figures, vera)).toBeUndefined();
    expect(figures.operators.reduce((sum, part) => sum + part.expected, 0)).toBeCloseTo(figures.draws, 9);
    expect(figures.operators.reduce((sum, part) => sum + part.drawn, 0)).toBe(figures.draws);
    expect(figures.draws).toBe(desk.rows('SELECT 1 FROM decisions WHERE r IS NOT NULL').length);
  });

  test('are the same when counted step by step, at once, and after a restart', async () => {
    const file = join(folder(), 'desk.db');
    const { desk, anna, source } = await shift({ file });
    const bits: Today[] = [];
    for (let nth = 0; nth < 12; nth++) {
      await desk.submit(source, { external_id: `a${nth}` });
      if (nth === 5) value(await desk.do((write) => updateOperator(write, anna, { max_load: 2 })));
      bits.push(await today(desk));
    }
    desk.engine.close();
    const again = new Desk({ file });
    expect(await today(again)).toEqual(bits.at(-1));
    expect(bits.map((figures) => figures.came)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    again.engine.close();
  });

  test('count contacts in time and late ones, but not yet those that still have time', async () => {
    const desk = new Desk();
    const anna = await desk.operator('Анна', 1);
    const source = await desk.source('VK');
    await desk.weights(source, { [anna]: 1 });
    const first = value(await desk.submit(source, { external_id: 'a' })).contact;
    const second = value(await desk.submit(source, { external_id: 'b' })).contact;
    const third = value(await desk.submit(source, { external_id: 'c' })).contact;
    expect(await today(desk)).toMatchObject({ came: 3, in_time: 1, late: 0 });
    desk.now += SOON_MS;
    value(await desk.do((write) => closeContact(write, first.id)));
    expect(await today(desk)).toMatchObject({ came: 3, in_time: 2, late: 0, draws: 2 });
    desk.now += 1;
    expect(await today(desk)).toMatchObject({ came: 3, in_time: 2, late: 1 });
    value(await desk.do((write) => closeContact(write, second.id)));
    expect(await today(desk)).toMatchObject({ came: 3, in_time: 2, late: 1, draws: 3 });
    value(await desk.do((write) => reassignContact(write, third.id, null)));
    expect(await today(desk), 'who is put back came once').toMatchObject({ came: 3, in_time: 2, late: 1, draws: 4 });
  });

  test('start over with each day of the workspace, whose first decision is found among all earlier ones', async () => {
    const { desk, source } = await shift();
    for (let nth = 0; nth < 7; nth++) await desk.submit(source, { external_id: `a${nth}` });
    expect((await today(desk)).came).toBe(7);
    desk.now += DAY_MS;
    expect(await today(desk)).toMatchObject({ day: '2026-11-23', came: 0, draws: 0, operators: [] });
    await desk.submit(source, { external_id: 'b' });
    expect(await today(desk)).toMatchObject({ came: 1, draws: 1 });
    desk.engine.today.forget();
    expect(await today(desk)).toMatchObject({ came: 1, draws: 1 });
  });
});
