import { describe, expect, onTestFinished, test } from 'vitest';
import { Desk, value } from '#engine/testing/desk.ts';
import { decision } from '#engine/views/queries.ts';
import { closeContact, closeContacts, moveContacts } from './contacts.ts';

/** Anna has 3 slots, Boris 2, Vera 1. Five contacts come while only Anna is active, and she takes what she can; then the others become active. */
async function desk() {
  const it = new Desk();
  onTestFinished(() => it.engine.close());
  const source = await it.source('Сайт');
  const [anna, boris, vera] = [await it.operator('Анна', 3), await it.operator('Борис', 2), await it.operator('Вера', 1)];
  await it.weights(source, { [anna]: 1 });
  const contacts: number[] = [];
  for (let nth = 1; nth <= 5; nth++) contacts.push(value(await it.submit(source, { external_id: `x-${nth}` })).contact.id);
  const where = () => it.rows<{ operator_id: number | null }>('SELECT operator_id FROM contacts ORDER BY id').map((row) => row.operator_id);
  const loads = () => Object.values(it.engine.board().operators).map(({ load }) => load);
  return { it, source, anna, boris, vera, contacts, where, loads };
}

describe('moving several contacts', () => {
  test('fills the free slots in the given order, and says for each of the others why it stayed', async () => {
    const { it, anna, boris, contacts, where, loads } = await desk();
    expect(where()).toEqual([anna, anna, anna, null, null]);
    const outcome = value(
      await it.do((write) =>
        moveContacts(
          write,
          [4, 5, 1, 99].map((contact_id) => ({ contact_id, operator_id: boris })),
        ),
      ),
    );
    expect(outcome).toMatchObject([
      { contact_id: 4, ok: true, before: null, now: boris, status: 'assigned' },
      { contact_id: 5, ok: true, before: null, now: boris, status: 'assigned' },
      { contact_id: 1, ok: false, problem: { code: 'operator_full', params: { name: 'Борис', load: 2, max_load: 2 } } },
      { contact_id: 99, ok: false, problem: { code: 'not_found' } },
    ]);
    expect([where(), loads()]).toEqual([
      [anna, anna, anna, boris, boris],
      [3, 2, 0],
    ]);
    expect(contacts).toHaveLength(5);
  });

  test('finds a slot that a later move of the same step frees', async () => {
    const { it, anna, vera, where } = await desk();
    value(await it.do((write) => moveContacts(write, [{ contact_id: 1, operator_id: vera }])));
    // 4 came to Anna after 1; Vera is full until 1 is moved away
    expect(where()).toEqual([vera, anna, anna, anna, null]);
    const outcome = value(
      await it.do((write) =>
        moveContacts(write, [
          { contact_id: 2, operator_id: vera },
          { contact_id: 1, operator_id: null },
        ]),
      ),
    );
    expect(outcome).toMatchObject([
      { ok: true, before: anna, now: vera },
      { ok: true, before: vera, now: anna }, // back in the queue it is the oldest, and takes the slot that 2 has left
    ]);
    expect(where()).toEqual([anna, vera, anna, anna, null]);
  });

  test('can be undone by moving back what is still where it went', async () => {
    const { it, anna, boris, where } = await desk();
    const moved = value(
      await it.do((write) =>
        moveContacts(
          write,
          [1, 2].map((contact_id) => ({ contact_id, operator_id: boris })),
        ),
      ),
    );
    expect(where()).toEqual([boris, boris, anna, anna, anna]); // waiting contacts took Anna's slots
    value(await it.do((write) => closeContact(write, 1)));
    value(await it.do((write) => closeContact(write, 4)));
    const back = moved.flatMap((one) => (one.ok ? [{ contact_id: one.contact_id, operator_id: one.before, if_at: one.now }] : []));
    expect(value(await it.do((write) => moveContacts(write, back)))).toMatchObject([
      { contact_id: 1, ok: false, problem: { code: 'contact_closed' } },
      { contact_id: 2, ok: true, before: boris, now: anna },
    ]);
    expect(value(await it.do((write) => moveContacts(write, back)))).toMatchObject([{ ok: false }, { ok: false, problem: { code: 'contact_moved' } }]);
  });

  test('stores a decision by hand for each, and drains the queue once all have been moved', async () => {
    const { it, anna, boris, where } = await desk();
    value(
      await it.do((write) =>
        moveContacts(
          write,
          [3, 1].map((contact_id) => ({ contact_id, operator_id: boris })),
        ),
      ),
    );
    expect(where()).toEqual([boris, anna, boris, anna, anna]);
    for (const id of [1, 3]) expect(value(decision(it.engine.read, id))).toMatchObject({ kind: 'manual', operator_id: boris });
    for (const id of [4, 5]) expect(value(decision(it.engine.read, id))).toMatchObject({ kind: 'drain', operator_id: anna });
  });
});

test('closing several frees their slots for waiting contacts, whatever happens to one of them', async () => {
  const { it, anna, where, loads } = await desk();
  expect(value(await it.do((write) => closeContacts(write, [1, 99, 5])))).toMatchObject([
    { contact_id: 1, ok: true, before: anna, now: anna, status: 'closed' },
    { contact_id: 99, ok: false, problem: { code: 'not_found' } },
    { contact_id: 5, ok: true, before: null, now: null, status: 'closed' },
  ]);
  expect([where(), loads()]).toEqual([
    [anna, anna, anna, anna, null],
    [3, 0, 0],
  ]);
});
