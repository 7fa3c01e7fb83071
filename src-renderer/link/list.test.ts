import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Listed } from '#shared/contract/lists.ts';
import type { Outcome } from './attempt.ts';
import { createList, type PageOf } from './list.ts';

interface Query {
  readonly text: string;
}
interface Row {
  readonly id: number;
  readonly state?: string;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A host whose answers the test gives, in any order. */
function host() {
  const asked: { query: PageOf<Query>; answer: (outcome: Outcome<Listed<Row>>) => Promise<void> }[] = [];
  const list = createList<Query, Row>(
    (query) =>
      new Promise((resolve) => {
        asked.push({
          query,
          answer: async (outcome) => {
            resolve(outcome);
            await vi.advanceTimersByTimeAsync(0);
          },
        });
      }),
  );
  const last = () => {
    const latest = asked.at(-1);
    if (!latest) throw new Error('nothing was asked');
    return latest;
  };
  const ids = () => list.store.getState().items.map(({ id }) => id);
  return { list, asked, last, ids, now: () => list.store.getState() };
}

const rows = (from: number, to: number): Row[] => Array.from({ length: Math.abs(to - from) + 1 }, (_, nth) => ({ id: from > to ? from - nth : from + nth }));
const page = (items: readonly Row[], more: Partial<{ has_more: boolean; total: number | null }> = {}): Outcome<Listed<Row>> => ({
  ok: true,
  value: { items, has_more: false, total: null, ...more },
});
const failed: Outcome<never> = { ok: false, problem: { code: 'link_lost', detail: '' } };

describe('a long list', () => {
  test('is loaded page by page, each after the last loaded row, and one at a time', async () => {
    const { list, asked, last, ids, now } = host();
    list.query({ text: '' });
    list.more();
    expect(asked.map(({ query }) => query)).toEqual([{ text: '', after: null, limit: 100 }]);
    await last().answer(page(rows(300, 201), { has_more: true, total: 150 }));
    list.more();
    list.more();
    expect(asked.map(({ query: { after } }) => after)).toEqual([null, 201]);
    await last().answer(page(rows(200, 151)));
    expect(ids()).toEqual(rows(300, 151).map(({ id }) => id));
    expect(now()).toMatchObject({ total: 150, has_more: false, is_loading: false });
    list.more();
    expect(asked).toHaveLength(2);
  });

  test('never shows the answer to a replaced query, whichever arrives last', async () => {
    const { list, asked, ids, now } = host();
    list.query({ text: 'a' });
    list.query({ text: 'b' });
    await asked[1]?.answer(page([{ id: 2 }]));
    await asked[0]?.answer(page([{ id: 1 }]));
    expect([ids(), now().is_loading]).toEqual([[2], false]);
  });

  test('shows the earlier rows until those of the next query arrive, and then only the new ones', async () => {
    const { list, last, ids, now } = host();
    list.query({ text: '' });
    await last().answer(page(rows(9, 1)));
    list.query({ text: '3' });
    expect([ids().length, now().is_loading]).toEqual([9, true]);
    await last().answer(page([{ id: 3 }]));
    expect([ids(), now().is_loading]).toEqual([[3], false]);
  });

  test('reloads only visible rows: those above and below stay as they are', async () => {
    const { list, last, now } = host();
    list.query({ text: '' });
    await last().answer(page(rows(400, 301), { has_more: true }));
    list.more();
    await last().answer(page(rows(300, 201), { has_more: true }));
    list.refresh(20, 30);
    expect(last().query).toEqual({ text: '', after: 381, limit: 100 });
    await last().answer(
      page(
        rows(380, 281)
          .map(({ id }) => ({ id, state: 'closed' }))
          .filter(({ id }) => id !== 350),
        { has_more: true },
      ),
    );
    const { items, has_more } = now();
    expect(items.map(({ id }) => id)).toEqual(
      rows(400, 201)
        .map(({ id }) => id)
        .filter((id) => id !== 350),
    );
    expect([items.filter(({ state }) => state).length, has_more]).toEqual([99, true]);
  });

  test('ends where the host says that it ends', async () => {
    const { list, last, ids, now } = host();
    list.query({ text: '' });
    await last().answer(page(rows(200, 101), { has_more: true }));
    list.more();
    await last().answer(page(rows(100, 51)));
    list.refresh(100, 40);
    await last().answer(page(rows(100, 91)));
    expect([ids().at(-1), now().has_more]).toEqual([91, false]);
  });

  test('reports a failure, keeps its rows, and reloads on request', async () => {
    const { list, asked, last, ids, now } = host();
    list.query({ text: '' });
    list.refresh(0, 10);
    expect(asked).toHaveLength(1); // it is under way
    await last().answer(failed);
    expect(now()).toMatchObject({ failure: { code: 'link_lost' }, is_loading: false });
    list.refresh(0, 10);
    await last().answer(page([{ id: 1 }]));
    expect([ids(), now().failure]).toEqual([[1], null]);
    list.refresh(0, 10);
    await last().answer(failed);
    expect(ids()).toEqual([1]);
  });

  test('waits for an index under construction, reports its progress, and retries until it is ready or the query changes', async () => {
    const { list, asked, last, ids, now } = host();
    list.query({ text: 'a' });
    await last().answer({ ok: true, value: { indexing: 0.4 } });
    expect(now()).toMatchObject({ indexing: 0.4, is_loading: true });
    await vi.advanceTimersByTimeAsync(150);
    expect(asked).toHaveLength(2);
    await last().answer({ ok: true, value: { indexing: 0.8 } });
    list.query({ text: '' });
    await last().answer(page([{ id: 1 }]));
    await vi.advanceTimersByTimeAsync(1_000);
    expect([asked.length, ids(), now().indexing]).toEqual([3, [1], null]);
  });

  test('receives nothing once its screen is closed', async () => {
    const { list, asked, last, ids } = host();
    list.query({ text: '' });
    list.stop();
    await last().answer(page([{ id: 1 }]));
    list.refresh(0, 10);
    expect([ids(), asked.length]).toEqual([[], 1]);
  });
});
