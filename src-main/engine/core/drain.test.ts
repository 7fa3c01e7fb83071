import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { replaceCompetences } from '#engine/configuration/competences.ts';
import { updateOperator } from '#engine/configuration/operators.ts';
import { Desk, value } from '#engine/testing/desk.ts';
import { Witness } from '#engine/testing/witness.ts';
import { ok } from '#shared/contract/problems.ts';
import type { Change } from '#shared/effects/effects.ts';
import { setClosed } from '#store/tables/contacts.ts';
import { freeSlots } from '#store/tables/operators.ts';
import { folder } from '#store/testing/folder.ts';
import type { Answer, Write } from './write.ts';

/** Seven contacts wait for Анна, who has no free slot; a transaction assigns at most two. */
async function scene() {
  const file = join(folder(), 'desk.db');
  const desk = new Desk({ file, drainStep: 2 });
  onTestFinished(() => desk.engine.close());
  const bot = await desk.source('Bot');
  const anna = await desk.operator('Анна', 0);
  await desk.weights(bot, { [anna]: 1 });
  for (let i = 1; i <= 7; i++) await desk.submit(bot, { external_id: `tg-${i}` });
  const runs: (readonly Change[])[] = [];
  desk.engine.watch((changes) => runs.push(changes));
  const opens = (max_load: number) => desk.do((write) => updateOperator(write, anna, { max_load }));
  return { file, desk, bot, anna, runs, opens };
}

const statuses = (desk: Desk) => desk.rows<{ status: string }>('SELECT status FROM contacts ORDER BY id').map(({ status }) => status);
const given = (runs: readonly (readonly Change[])[]) =>
  runs.map((run) => run.flatMap((change) => (change.kind === 'contact_assigned' ? change.decision.contact_id : [])));

describe('more free slots than one transaction fills', () => {
  test('are filled in several transactions, oldest contacts first, each announced separately', async () => {
    const { desk, runs, opens } = await scene();
    const witness = new Witness(desk);
    expect(value(await opens(5)).current_load).toBe(2);
    await desk.submit(1, { external_id: 'tg-8' });
    witness.inspect();
    expect(given(runs)).toEqual([[1, 2], [3, 4], [5]]);
    expect([statuses(desk), witness.violations]).toEqual([[...Array(5).fill('assigned'), ...Array(3).fill('waiting')], []]);
  });

  test('are not taken by contacts submitted later, at the same moment or while they are being filled', async () => {
    const { desk, bot, runs, opens } = await scene();
    const witness = new Witness(desk);
    const together = [opens(100), desk.submit(bot, { external_id: 'tg-8' }), desk.submit(bot, { external_id: 'tg-9' })];
    await together[0];
    const later = desk.submit(bot, { external_id: 'tg-10' });
    await Promise.all([...together, later]);
    witness.inspect();
    expect(given(runs)).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
      [7, 8, 9, 10],
    ]);
    expect(witness.violations).toEqual([]);
  });

  test('are all filled when the desk closes', async () => {
    const { file, desk, opens } = await scene();
    await opens(100);
    desk.engine.close();
    const again = new Desk({ file });
    onTestFinished(() => again.engine.close());
    expect(statuses(again)).toEqual(Array(7).fill('assigned'));
  });

  test('that were still free at a stop are filled at the next start, before anything else', async () => {
    const { file, opens, bot } = await scene();
    await opens(6);
    const left = join(folder(), 'left.db');
    for (const part of ['', '-wal']) copyFileSync(`${file}${part}`, `${left}${part}`);
    const again = new Desk({ file: left, drainStep: 2 });
    onTestFinished(() => again.engine.close());
    expect(statuses(again).filter((status) => status === 'assigned')).toHaveLength(2);
    await again.submit(bot, { external_id: 'tg-8' });
    const witness = new Witness(again);
    witness.inspect();
    expect([statuses(again), witness.violations]).toEqual([[...Array(6).fill('assigned'), 'waiting', 'waiting'], []]);
    expect(again.rows("SELECT actor, COUNT(*) AS n FROM journal WHERE kind = 'contact_assigned' GROUP BY actor ORDER BY actor")).toEqual([
      { actor: 'admin', n: 2 },
      { actor: 'desk', n: 4 },
    ]);
  });

  test('are filled after a commit that failed in between', async () => {
    const { desk, bot, opens } = await scene();
    const commit = desk.engine.read.store.transaction.bind(desk.engine.read.store);
    const opening = opens(100);
    await opening;
    desk.engine.read.store.transaction = () => {
      desk.engine.read.store.transaction = commit;
      throw new Error('the disk is busy');
    };
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    await desk.submit(bot, { external_id: 'tg-8' });
    expect([statuses(desk), desk.errors.length]).toEqual([Array(8).fill('assigned'), 1]);
  });
});

test('a lead whose contacts are assigned together has the operator of the last of them', async () => {
  const faces = [0, 1, 0];
  const desk = new Desk({ dice: () => faces.shift() ?? 0 });
  const bot = await desk.source('Bot');
  const [anna, boris] = [await desk.operator('Анна'), await desk.operator('Борис')];
  const weigh = (weight: number) =>
    desk.do((write) =>
      replaceCompetences(
        write,
        bot,
        [anna, boris].map((operator_id) => ({ operator_id, weight })),
      ),
    );
  value(await weigh(1));
  await desk.submit(bot, { external_id: 'tg-1' });
  value(await weigh(0));
  for (const message of ['once more', 'and again']) await desk.submit(bot, { external_id: 'tg-1', message });
  value(await weigh(1));
  expect(desk.rows('SELECT operator_id FROM contacts ORDER BY id')).toEqual([anna, boris, anna].map((operator_id) => ({ operator_id })));
  expect(desk.rows('SELECT operator_id FROM leads')).toEqual([{ operator_id: anna }]);
});

test('the writer drains the queue after any command, and then answers the command', async () => {
  const desk = new Desk();
  const bot = await desk.source('Bot');
  const anna = await desk.operator('Анна', 1);
  await desk.weights(bot, { [anna]: 1 });
  for (const external_id of ['tg-1', 'tg-2']) await desk.submit(bot, { external_id });
  const states = (write: Write) => write.tx.all<{ status: string }>('SELECT status FROM contacts ORDER BY id').map(({ status }) => status);
  const closes = (write: Write): Answer<{ before: string[]; after: string[] }> => {
    setClosed(write.tx, 1, write.now);
    freeSlots(write.tx, anna, 1);
    write.emit({ kind: 'contact_closed', contact_id: 1, source_id: bot, from: anna });
    const before = states(write);
    return () => ok({ before, after: states(write) });
  };
  expect(value(await desk.do(closes))).toEqual({ before: ['closed', 'waiting'], after: ['closed', 'assigned'] });
});
