import { createTRPCClient } from '@trpc/client';
import { type Observer, observable } from '@trpc/server/observable';
import { expect, test } from 'vitest';
import type { ConsoleRouter } from '#shared/contract/console.ts';
import { followChanges, useChangesUnderWay } from './changes-under-way.ts';

/** A host that answers on the test's command. */
function linked() {
  const sent: { path: string; input: unknown; answer: () => void; fail: () => void }[] = [];
  const client = createTRPCClient<ConsoleRouter>({
    links: [
      followChanges,
      () =>
        ({ op }) =>
          observable((observer: Observer<never, never>) => {
            const answer = () => {
              observer.next({ result: { type: 'data', data: { ok: true, value: null } } } as never);
              observer.complete();
            };
            sent.push({ path: op.path, input: op.input, answer, fail: () => observer.error(new Error('broken') as never) });
          }),
    ],
  });
  return { client, sent, isUnderWay: () => useChangesUnderWay.getState().since !== null };
}

test('a change that is requested twice before the answer is sent once, and both requests are answered', async () => {
  const { client, sent, isUnderWay } = linked();
  const twice = [client.addSourceKey.mutate({ id: 1 }), client.addSourceKey.mutate({ id: 1 })];
  const other = client.addSourceKey.mutate({ id: 2 });
  expect(sent.map(({ input }) => input)).toEqual([{ id: 1 }, { id: 2 }]);
  expect(isUnderWay()).toBe(true);
  sent[0]?.answer();
  expect(await Promise.all(twice)).toHaveLength(2);
  expect(isUnderWay(), 'the other is').toBe(true);
  sent[1]?.answer();
  await other;
  expect(isUnderWay()).toBe(false);
});

test('on, off and on again are three changes, however quick', async () => {
  const { client, sent } = linked();
  const toggled = [true, false, true, true].map((is_active) => client.updateOperator.mutate({ id: 1, patch: { is_active } }));
  expect(sent.map(({ input }) => input)).toEqual([true, false, true].map((is_active) => ({ id: 1, patch: { is_active } })));
  for (const { answer } of sent) answer();
  expect(await Promise.all(toggled)).toHaveLength(4);
});

test('a change without input is sent like any other', async () => {
  const { client, sent } = linked();
  const asked = [client.stopDemo.mutate(), client.stopDemo.mutate()];
  expect(sent).toHaveLength(1);
  sent[0]?.answer();
  expect(await Promise.all(asked)).toHaveLength(2);
});

test('once it was answered or has failed, the same change can be requested again', async () => {
  const { client, sent, isUnderWay } = linked();
  const first = client.closeContact.mutate({ id: 1 });
  sent[0]?.fail();
  await expect(first).rejects.toThrow('broken');
  expect(isUnderWay()).toBe(false);
  const second = client.closeContact.mutate({ id: 1 });
  sent[1]?.answer();
  await second;
  expect(sent).toHaveLength(2);
});

test('queries are neither counted nor combined', () => {
  const { client, sent, isUnderWay } = linked();
  void client.sources.query();
  void client.sources.query();
  expect(sent).toHaveLength(2);
  expect(isUnderWay()).toBe(false);
});
