import { beforeEach, describe, expect, test } from 'vitest';
import { updateOperator } from '#engine/configuration/operators.ts';
import { closeContact, reassignContact } from '#engine/contacts/contacts.ts';
import { Desk } from '#engine/testing/desk.ts';
import { chainAt, verifyChain } from '#store/journal/chain.ts';
import { latestRevision } from '#store/journal/journal.ts';

let desk: Desk;
beforeEach(async () => {
  desk = new Desk();
  const source_id = await desk.source('Сайт');
  const [anna, boris] = [await desk.operator('Анна', 3), await desk.operator('Борис', 2)];
  await desk.weights(source_id, { [anna]: 1, [boris]: 5 });
  await Promise.all(Array.from({ length: 8 }, (_, i) => desk.submit(source_id, { external_id: `${i}` })));
  await desk.do((write) => closeContact(write, 1));
  await desk.do((write) => reassignContact(write, 2, null));
  await expect(
    desk.do(() => {
      throw new Error('taken back');
    }),
  ).rejects.toThrow('taken back');
  await desk.do((write) => updateOperator(write, anna, { max_load: 9 }));
  await desk.submit(source_id, { external_id: 'last' });
});
const reading = () => desk.engine.read.store.reading;
const tamper = (sql: string) => desk.engine.read.store.connection.exec(`PRAGMA foreign_keys = OFF; ${sql}`);

describe("the journal's chain", () => {
  test('is valid over everything that was done, from the beginning and from any row, also after a restart', async () => {
    const last = latestRevision(reading());
    const chain = chainAt(reading(), last);
    expect(last).toBeGreaterThan(15);
    for (let after = 0; after <= last; after++) expect(verifyChain(reading(), after), `after ${after}`).toEqual({ ok: true, revision: last, chain });
    expect(verifyChain(reading(), last - 5)).toEqual({ ok: true, revision: last, chain });
  });

  test('of an empty journal is valid', () => {
    expect(verifyChain(new Desk().engine.read.store.reading, 0)).toEqual({ ok: true, revision: 0, chain: Buffer.alloc(32) });
  });

  test.each([
    ['another chosen operator', 'UPDATE decisions SET operator_id = 3 - operator_id WHERE id = 3'],
    ['another number drawn', 'UPDATE decisions SET r = r + 1 WHERE id = 3'],
    ['a load in a table', "UPDATE decisions SET loads = x'0009' WHERE id = 3"],
    ['a weight in a roster', "UPDATE rosters SET members = replace(members, '5', '6')"],
    ['a decision taken out', 'DELETE FROM decisions WHERE id = 3'],
    ['the first decision taken out', 'DELETE FROM decisions WHERE id = 1'],
    ['the last decision taken out', 'DELETE FROM decisions WHERE id = (SELECT MAX(id) FROM decisions)'],
    ['a decision slipped in', "INSERT INTO decisions (contact_id, at, kind, roster_id, loads, sum) VALUES (1, 0, 'draw', 1, x'', 0)"],
    ['another actor', "UPDATE journal SET actor = 'console' WHERE revision = 9"],
    ['another time', 'UPDATE journal SET at = at + 1 WHERE revision = 9'],
    ['another value before', "UPDATE journal SET data = replace(data, '3', '4') WHERE data LIKE '%max_load%'"],
    ['a row taken out', 'DELETE FROM journal WHERE revision = 9'],
    ['a chain that was blotted out', 'UPDATE journal SET chain = NULL WHERE revision = 9'],
    ['another chain', 'UPDATE journal SET chain = zeroblob(32) WHERE revision = 9'],
  ])('detects %s', (_, sql) => {
    tamper(sql);
    expect(verifyChain(reading(), 0)).toMatchObject({ ok: false });
  });

  test('names the first revision that differs from what was written', () => {
    tamper("UPDATE journal SET actor = 'console' WHERE revision IN (9, 12)");
    expect(verifyChain(reading(), 0)).toMatchObject({ ok: false, revision: 9 });
    expect(verifyChain(reading(), 9)).toMatchObject({ ok: false, revision: 12 });
    expect(verifyChain(reading(), 12)).toMatchObject({ ok: true });
  });
});
