import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type Board, emptyBoard } from '#shared/board.ts';
import type { Change } from '#shared/effects/effects.ts';
import { type BoardFeed, followBoard } from './follow-board.ts';

const saved = (revision: number, name = `Source ${revision}`): Change => ({
  kind: 'source_saved',
  source: { id: revision, name, is_archived: false },
  revision,
  at: revision,
});
/** However busy the machine is. */
const soon = (holds: () => void): Promise<void> => vi.waitFor(holds, { timeout: 30_000, interval: 1 });
const boardAt = (revision: number): Board => ({ ...emptyBoard, revision });

/** A host whose snapshots the test supplies. */
function host() {
  const asked: ((board: Board | Promise<never>) => void)[] = [];
  let on: Parameters<BoardFeed['subscribe']>[0] | undefined;
  const followed = followBoard(
    {
      subscribe: (handlers) => {
        on = handlers;
      },
      snapshot: () => new Promise((resolve) => asked.push(resolve)),
    },
    () => 5,
  );
  return {
    ...followed,
    asked,
    start: () => on?.started(),
    run: (...changes: Change[]) => on?.run(changes),
    answer: async (board: Board) => {
      asked.shift()?.(board);
      await soon(() => expect(followed.store.getState().board?.revision).toBeGreaterThanOrEqual(board.revision));
    },
    revision: () => followed.store.getState().board?.revision,
  };
}

describe('a followed board', () => {
  test('requests a snapshot once the host has begun to send changes', async () => {
    const it = host();
    expect(it.asked).toHaveLength(0);
    it.start();
    expect(it.asked).toHaveLength(1);
    await it.answer(boardAt(7));
    expect(it.store.getState()).toEqual({ board: boardAt(7), heard_at: 5, touched: { sources: 1, refused: 1 } });
  });

  test('applies changes that arrived before the snapshot, and drops those that it already contains', async () => {
    const it = host();
    it.start();
    it.run(saved(6), saved(7));
    it.run(saved(8));
    await it.answer(boardAt(7));
    expect(it.revision()).toBe(8);
    expect(Object.keys(it.store.getState().board?.sources ?? {})).toEqual(['8']);
  });

  test('drops a change that it already has', async () => {
    const it = host();
    it.start();
    await it.answer(boardAt(1));
    it.run(saved(2, 'first'));
    it.run(saved(2, 'again'), saved(3));
    expect(it.store.getState().board?.sources[2]?.name).toBe('first');
    expect(it.revision()).toBe(3);
  });

  test('fetches a snapshot when a revision is missing, and keeps the changes after it', async () => {
    const it = host();
    it.start();
    await it.answer(boardAt(1));
    it.run(saved(4));
    expect(it.revision()).toBe(1);
    expect(it.asked).toHaveLength(1);
    it.run(saved(5));
    await it.answer(boardAt(3)); // read before the change that came with the gap
    expect(it.revision()).toBe(5);
  });

  test('fetches again when the host started over while a snapshot was under way', async () => {
    const it = host();
    it.start();
    it.start();
    it.asked.shift()?.(boardAt(1));
    await soon(() => expect(it.asked).toHaveLength(1));
    expect(it.revision()).toBeUndefined();
    await it.answer(boardAt(2));
    expect(it.revision()).toBe(2);
  });

  test('accepts the older board of a host that was restored from a backup', async () => {
    const it = host();
    it.start();
    await it.answer(boardAt(90));
    it.start();
    it.asked.shift()?.(boardAt(3));
    await soon(() => expect(it.revision()).toBe(3));
  });

  test('fetches the board again when the host says so', async () => {
    const it = host();
    it.start();
    await it.answer(boardAt(5));
    it.run();
    expect(it.asked).toHaveLength(1);
    it.asked.shift()?.(boardAt(3));
    await soon(() => expect(it.revision()).toBe(3));
  });

  test('receives nothing while hidden, and fetches once when shown', async () => {
    const it = host();
    it.start();
    await it.answer(boardAt(1));
    it.setHidden(true);
    it.run(saved(2));
    it.run(saved(3));
    expect(it.revision()).toBe(1);
    it.setHidden(false);
    expect(it.asked).toHaveLength(1);
    await it.answer(boardAt(3));
    it.setHidden(true);
    it.setHidden(false);
    expect(it.asked).toHaveLength(0);
  });

  test('retries a failed snapshot after a second, shows the earlier board meanwhile, and applies what arrived meanwhile', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const it = host();
    it.setHidden(false);
    expect(it.asked).toHaveLength(0); // it has missed nothing
    it.start();
    await it.answer(boardAt(5));
    it.run();
    it.asked.shift()?.(Promise.reject(new Error('the link went down')));
    it.run(saved(8));
    await vi.advanceTimersByTimeAsync(999);
    expect([it.revision(), it.asked.length]).toEqual([5, 0]);
    await vi.advanceTimersByTimeAsync(1);
    it.asked.shift()?.(boardAt(7));
    await vi.advanceTimersByTimeAsync(0);
    expect(it.revision()).toBe(8);
  });

  test('that was hidden while the host started over is fetched when it is shown', async () => {
    const it = host();
    it.start();
    await it.answer(boardAt(1));
    it.setHidden(true);
    it.start();
    expect(it.asked).toHaveLength(0);
    it.setHidden(false);
    expect(it.asked).toHaveLength(1);
    await it.answer(boardAt(9));
  });

  test('applies nothing of an ended host to the board of the next one, which may be older', async () => {
    const it = host();
    it.start();
    it.run(saved(4, 'of the former host'));
    it.start();
    it.asked.shift()?.(boardAt(3));
    await soon(() => expect(it.asked).toHaveLength(1));
    await it.answer(boardAt(3));
    expect([it.revision(), it.store.getState().board?.sources]).toEqual([3, {}]);
  });

  describe('that a command waits for', () => {
    /** Records each revision once it is reached. */
    const awaiting = (it: ReturnType<typeof host>, ...revisions: number[]) => {
      const reached: number[] = [];
      for (const revision of revisions) void it.reached(revision).then(() => reached.push(revision));
      return reached;
    };
    const settled = () => new Promise((resolve) => setImmediate(resolve));

    test('has reached exactly that revision when the command continues', async () => {
      const it = host();
      it.start();
      await it.answer(boardAt(1));
      const reached = awaiting(it, 1, 2, 4);
      await settled();
      expect(reached).toEqual([1]);
      it.run(saved(2), saved(3));
      await settled();
      expect(reached).toEqual([1, 2]);
      it.run(saved(4));
      await settled();
      expect(reached).toEqual([1, 2, 4]);
    });

    test('need not reach it when it was restored from a backup meanwhile', async () => {
      const it = host();
      it.start();
      await it.answer(boardAt(90));
      const reached = awaiting(it, 95);
      it.run();
      it.asked.shift()?.(boardAt(92));
      await settled();
      expect([it.revision(), reached]).toEqual([92, [95]]);
    });

    test('is still awaited when it was fetched before the command was answered', async () => {
      const it = host();
      it.start();
      await it.answer(boardAt(1));
      it.run();
      const reached = awaiting(it, 3);
      it.asked.shift()?.(boardAt(2));
      await settled();
      expect([it.revision(), reached]).toEqual([2, []]);
      it.run(saved(3));
      await settled();
      expect(reached).toEqual([3]);
    });

    test('delays nobody while it is hidden', async () => {
      const it = host();
      it.start();
      await it.answer(boardAt(1));
      const reached = awaiting(it, 2);
      it.setHidden(true);
      reached.push(...(await Promise.all([it.reached(3).then(() => 3)])));
      expect(reached).toEqual([2, 3]);
    });
  });

  test('counts changes to sources and refused contacts', async () => {
    const it = host();
    it.start();
    await it.answer(boardAt(1));
    it.run(saved(2), { kind: 'contact_refused', refused_contact_id: 1, revision: 3, at: 3 });
    expect(it.store.getState().touched).toEqual({ sources: 2, refused: 2 });
    it.run({ kind: 'refused_contact_settled', refused_contact_id: 1, revision: 4, at: 4 });
    expect(it.store.getState().touched).toEqual({ sources: 2, refused: 3 });
  });
});
