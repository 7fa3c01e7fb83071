import { describe, expect, test } from 'vitest';
import { replaceCompetences, setCompetence } from '#engine/configuration/competences.ts';
import { importOperators } from '#engine/configuration/import-operators.ts';
import { createOperator, updateOperator } from '#engine/configuration/operators.ts';
import { closeContact, reassignContact } from '#engine/contacts/contacts.ts';
import { type Desk, value } from '#engine/testing/desk.ts';
import type { Contact } from '#shared/contract/entities.ts';
import { fits } from '#shared/testing/chi-square.ts';
import { openedDesk } from '#vault/testing/opened.ts';

const together = <T>(count: number, work: (i: number) => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: count }, (_, i) => work(i)));
const statuses = (desk: Desk) =>
  desk.rows<{ id: number; status: string; operator_id: number | null }>('SELECT id, status, operator_id FROM contacts ORDER BY id');
const submitted = async (desk: Desk, source: number, external_id: string): Promise<Contact> => value(await desk.submit(source, { external_id })).contact;

describe('contacts that arrive at once', () => {
  test('a hundred with one new phone are one lead, created by one of them', async () => {
    const { desk, bot } = await openedDesk();
    await desk.weights(bot, { [await desk.operator('Анна', 1000)]: 1 });
    const forms = ['8 (900) 123-45-67', '+79001234567', '9001234567', '7 900 123 45 67'];
    const answers = await together(100, async (i) => value(await desk.submit(bot, { phone: forms[i % 4] })).contact);
    expect(new Set(answers.map((contact) => contact.lead_id)).size).toBe(1);
    expect(answers.filter((contact) => contact.lead.created).length).toBe(1);
    expect(desk.rows('SELECT (SELECT COUNT(*) FROM leads) AS leads, (SELECT COUNT(*) FROM contacts) AS contacts')).toEqual([{ leads: 1, contacts: 100 }]);
  });

  test('two hundred for ten slots: exactly ten are assigned, and the other 190 wait', async () => {
    const { desk, bot } = await openedDesk();
    for (const [i, max_load] of [1, 2, 3, 4].entries()) await desk.weights(bot, { [await desk.operator(`Operator ${i}`, max_load)]: 1 + i });
    const answers = await together(200, (i) => submitted(desk, bot, `tg-${i}`));
    const count = (status: string) => answers.filter((contact) => contact.status === status).length;
    expect([count('assigned'), count('waiting')]).toEqual([10, 190]);
    expect(Object.values(desk.engine.board().operators).map(({ load, max_load }) => [load, max_load])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
      [4, 4],
    ]);
    expect(new Set(answers.slice(10).map((contact) => contact.waiting_reason))).toEqual(new Set(['all_full']));
  });

  test('an operator of three sources has one limit over all of them', async () => {
    const { desk, bot } = await openedDesk();
    const sources = [bot, await desk.source('Site'), await desk.source('Phone')];
    const shared = await desk.operator('Анна', 7);
    const own = await desk.operator('Борис', 2);
    for (const source of sources) await desk.weights(source, { [shared]: 10 });
    await desk.weights(bot, { [own]: 1 });
    await together(90, (i) => submitted(desk, sources[i % 3] ?? 0, `tg-${i}`));
    expect(Object.values(desk.engine.board().operators).map(({ load }) => load)).toEqual([7, 2]);
  });

  test('one key a hundred times is one contact, and every answer has that contact', async () => {
    const { desk, bot } = await openedDesk();
    await desk.weights(bot, { [await desk.operator('Анна', 3)]: 1 });
    const answers = await together(100, async () => value(await desk.submit(bot, { external_id: 'tg-1' }, 'key-1')));
    expect(new Set(answers.map(({ contact }) => contact.id)).size).toBe(1);
    expect(answers.map(({ replayed }) => replayed)).toEqual([false, ...Array.from({ length: 99 }, () => true)]);
  });

  test('each gets its own answer, although all share a commit', async () => {
    const { desk, bot } = await openedDesk();
    const anna = await desk.operator('Анна', 1);
    await desk.weights(bot, { [anna]: 1 });
    const [first, closed, second] = await Promise.all([
      desk.submit(bot, { external_id: 'tg-1' }),
      desk.do((write) => closeContact(write, 1)),
      desk.submit(bot, { external_id: 'tg-2' }),
    ]);
    expect([value(first).contact.status, value(closed).status, value(second).contact.status, value(second).contact.operator_id]).toEqual([
      'assigned',
      'closed',
      'assigned',
      anna,
    ]);
  });

  test('of two supervisors who fill one slot, one is told that the operator is full', async () => {
    const { desk, bot } = await openedDesk();
    const anna = await desk.operator('Анна', 1);
    const boris = await desk.operator('Борис', 0);
    await desk.weights(bot, { [boris]: 1 });
    const contacts = [await submitted(desk, bot, 'tg-1'), await submitted(desk, bot, 'tg-2')];
    const results = await Promise.all(contacts.map(({ id }) => desk.do((write) => reassignContact(write, id, anna))));
    expect(results.map((result) => (result.ok ? result.value.operator_id : result.problem.code))).toEqual([anna, 'operator_full']);
  });
});

describe('twenty thousand contacts through the engine', () => {
  test('are drawn for eight operators according to their weights (chi-square, α = 1e-6), and every decision can be replayed', async () => {
    const { desk, bot } = await openedDesk();
    const weights = [1, 2, 3, 4, 5, 6, 7, 8];
    for (const weight of weights) await desk.weights(bot, { [await desk.operator(`Operator ${weight}`, 10_000)]: weight });
    await desk.weights(bot, { [await desk.operator('Full', 0)]: 900, [await desk.operator('Away', 10, false)]: 900, [await desk.operator('Weightless')]: 0 });
    for (let i = 0; i < 20; i++) await together(1000, (k) => submitted(desk, bot, `tg-${i}-${k}`));
    const loads = Object.values(desk.engine.board().operators).map(({ load }) => load);
    expect([loads.reduce((sum, load) => sum + load, 0), loads.slice(8)]).toEqual([20_000, [0, 0, 0]]);
    expect(fits(loads.slice(0, 8), weights)).toBe(true);
  });
});

describe('waiting contacts', () => {
  /** Two contacts wait for Anna, who is full. */
  async function queue() {
    const all = await openedDesk();
    const { desk, bot } = all;
    const anna = await desk.operator('Анна', 1);
    await desk.weights(bot, { [anna]: 1 });
    const held = await submitted(desk, bot, 'tg-1');
    const waiting = [await submitted(desk, bot, 'tg-2'), await submitted(desk, bot, 'tg-3')];
    expect(waiting.map(({ status, waiting_reason }) => [status, waiting_reason])).toEqual([
      ['waiting', 'all_full'],
      ['waiting', 'all_full'],
    ]);
    return { ...all, anna, held, oldest: waiting[0]?.id ?? 0, youngest: waiting[1]?.id ?? 0 };
  }

  test('get a freed slot in the same commit, the oldest first', async () => {
    const { desk, anna, held, oldest, youngest } = await queue();
    const commits: unknown[] = [];
    desk.engine.watch((changes) => commits.push(changes.map((change) => ('decision' in change ? [change.kind, change.decision.contact_id] : [change.kind]))));
    value(await desk.do((write) => closeContact(write, held.id)));
    expect(commits).toEqual([[['contact_closed'], ['contact_assigned', oldest]]]);
    expect(statuses(desk)).toEqual([
      { id: held.id, status: 'closed', operator_id: anna },
      { id: oldest, status: 'assigned', operator_id: anna },
      { id: youngest, status: 'waiting', operator_id: null },
    ]);
  });

  test('are not overtaken by a contact that arrives in the same group in which a slot is freed', async () => {
    const { desk, bot, anna, held, oldest } = await queue();
    const [, late] = await Promise.all([desk.do((write) => closeContact(write, held.id)), desk.submit(bot, { external_id: 'tg-4' })]);
    expect([value(late).contact.status, desk.rows('SELECT id FROM contacts WHERE status = ? AND operator_id = ?', 'assigned', anna)]).toEqual([
      'waiting',
      [{ id: oldest }],
    ]);
  });

  test('do not lose their place to a contact of another source that the same operator could take', async () => {
    const { desk, anna, held, oldest } = await queue();
    const site = await desk.source('Site');
    await desk.weights(site, { [anna]: 1000 });
    const other = await submitted(desk, site, 'tg-5');
    value(await desk.do((write) => closeContact(write, held.id)));
    const after = statuses(desk);
    expect(after.filter(({ status }) => status === 'assigned').map(({ id }) => id)).toEqual([oldest]);
    expect(after.find(({ id }) => id === other.id)?.status).toBe('waiting');
  });

  test('do not hold up a source whose operators are free', async () => {
    const { desk, oldest } = await queue();
    const site = await desk.source('Site');
    const boris = await desk.operator('Борис', 1);
    await desk.weights(site, { [boris]: 1 });
    const free = await submitted(desk, site, 'tg-5');
    const next = await submitted(desk, site, 'tg-6');
    expect([free.operator_id, next.status]).toEqual([boris, 'waiting']);
    value(await desk.do((write) => closeContact(write, free.id)));
    expect(statuses(desk).find(({ id }) => id === next.id)?.operator_id).toBe(boris);
    expect(statuses(desk).find(({ id }) => id === oldest)?.status).toBe('waiting');
  });

  /** All operations that may open a slot. Each opens one for the oldest waiting contact, whichever operator takes it. */
  const triggers: Record<string, (scene: Awaited<ReturnType<typeof queue>>) => Promise<number>> = {
    'a contact is closed': async ({ desk, held, anna }) => {
      value(await desk.do((write) => closeContact(write, held.id)));
      return anna;
    },
    'a contact is moved to somebody else': async ({ desk, held, anna }) => {
      const other = await desk.operator('Борис', 1);
      value(await desk.do((write) => reassignContact(write, held.id, other)));
      return anna;
    },
    'max_load is raised': async ({ desk, anna }) => {
      value(await desk.do((write) => updateOperator(write, anna, { max_load: 2 })));
      return anna;
    },
    'a competence is added': async ({ desk, bot }) => {
      const other = await desk.operator('Борис', 1);
      value(await desk.do((write) => setCompetence(write, other, bot, 1)));
      return other;
    },
    'a weight is raised from 0': async ({ desk, bot }) => {
      const other = await desk.operator('Борис', 1);
      await desk.weights(bot, { [other]: 0 });
      value(await desk.do((write) => setCompetence(write, other, bot, 5)));
      return other;
    },
    'an operator is activated': async ({ desk, bot }) => {
      const other = await desk.operator('Борис', 1, false);
      await desk.weights(bot, { [other]: 1 });
      value(await desk.do((write) => updateOperator(write, other, { is_active: true })));
      return other;
    },
    'all competences are replaced': async ({ desk, bot }) => {
      const other = await desk.operator('Борис', 1);
      value(await desk.do((write) => replaceCompetences(write, bot, [{ operator_id: other, weight: 1 }])));
      return other;
    },
    'an operator is activated and gets more capacity in one step': async ({ desk, bot }) => {
      const other = await desk.operator('Борис', 0, false);
      await desk.weights(bot, { [other]: 1 });
      value(await desk.do((write) => updateOperator(write, other, { is_active: true, max_load: 1 })));
      return other;
    },
  };

  test.each(Object.entries(triggers))('are distributed when %s', async (_, trigger) => {
    const scene = await queue();
    const taker = await trigger(scene);
    const after = statuses(scene.desk);
    expect(after.filter(({ id }) => id === scene.oldest || id === scene.youngest)).toEqual([
      { id: scene.oldest, status: 'assigned', operator_id: taker },
      { id: scene.youngest, status: 'waiting', operator_id: null },
    ]);
  });

  test('are distributed when a contact is returned to the queue, where it takes its own, older place', async () => {
    const { desk, anna, held, oldest } = await queue();
    const before = desk.engine.board().revision;
    value(await desk.do((write) => reassignContact(write, held.id, null)));
    expect(statuses(desk).slice(0, 2)).toEqual([
      { id: held.id, status: 'assigned', operator_id: anna },
      { id: oldest, status: 'waiting', operator_id: null },
    ]);
    expect(desk.rows('SELECT kind, contact_id FROM journal WHERE revision > ?', before)).toEqual([
      { kind: 'contact_waiting', contact_id: held.id },
      { kind: 'contact_assigned', contact_id: held.id },
    ]);
  });

  test('a contact that is returned to the queue goes to an operator with a free slot, also when its holder has no weight for its source', async () => {
    const { desk, bot } = await openedDesk();
    const anna = await desk.operator('Анна', 1);
    const boris = await desk.operator('Борис', 1);
    await desk.weights(bot, { [anna]: 1 });
    const contact = await submitted(desk, bot, 'tg-1');
    value(await desk.do((write) => reassignContact(write, contact.id, boris)));
    expect(value(await desk.do((write) => reassignContact(write, contact.id, null))).operator_id).toBe(anna);
  });

  test('a thousand are distributed into fifty slots in one commit, the fifty oldest', async () => {
    const { desk, bot } = await openedDesk();
    const anna = await desk.operator('Анна', 50, false);
    await desk.weights(bot, { [anna]: 1 });
    await together(1000, (i) => submitted(desk, bot, `tg-${i}`));
    const commits: number[] = [];
    desk.engine.watch((changes) => commits.push(changes.filter(({ kind }) => kind === 'contact_assigned').length));
    value(await desk.do((write) => updateOperator(write, anna, { is_active: true })));
    expect([
      commits,
      statuses(desk)
        .filter(({ status }) => status === 'assigned')
        .at(-1)?.id,
      desk.engine.board().waiting,
    ]).toEqual([[50], 50, { [bot]: 950 }]);
  });

  test.each<[name: string, open: (desk: Desk, ids: readonly number[]) => Promise<unknown>]>([
    ['at once', (desk, ids) => Promise.all(ids.map((id) => desk.do((write) => updateOperator(write, id, { is_active: true }))))],
    [
      'in one step',
      (desk) =>
        desk.do((write) =>
          importOperators(
            write,
            ['Борис', 'Анна'].map((name) => ({ name, is_active: true, weights: [] })),
          ),
        ),
    ],
  ])('are assigned in order of arrival over several sources, as far as possible, to operators who become active %s', async (_, open) => {
    const { desk, bot } = await openedDesk();
    const site = await desk.source('Site');
    const anna = await desk.operator('Анна', 3, false);
    const boris = await desk.operator('Борис', 1, false);
    await desk.weights(bot, { [boris]: 1 });
    await desk.weights(site, { [anna]: 1 });
    const arrived: number[] = [];
    for (const [i, source] of [bot, bot, site, bot, site, site, site].entries()) arrived.push((await submitted(desk, source, `tg-${i}`)).id);
    await open(desk, [anna, boris]);
    const taken = statuses(desk).filter(({ status }) => status === 'assigned');
    expect(taken.map(({ id, operator_id }) => [arrived.indexOf(id), operator_id])).toEqual([
      [0, boris],
      [2, anna],
      [4, anna],
      [5, anna],
    ]);
  });

  test('a new operator gets no more than max_load of a backlog', async () => {
    const { desk, bot } = await openedDesk();
    const other = await desk.operator('Анна', 5, false);
    await desk.weights(bot, { [other]: 1 });
    await together(40, (i) => submitted(desk, bot, `tg-${i}`));
    const created = value(await desk.do((write) => createOperator(write, { name: 'Борис', is_active: true, max_load: 3 })));
    value(await desk.do((write) => setCompetence(write, created.id, bot, 1000)));
    expect(desk.engine.board().operators[created.id]?.load).toBe(3);
  });
});
