import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNotify } from '#kit/notices/useNotify.ts';
import { currentBoard } from '#link/board.ts';
import { closeContacts, moveContacts } from '#link/move-contacts.ts';
import type { ContactOutcome } from '#shared/contract/contacts.ts';
import type { ProblemCode } from '#shared/contract/problems.ts';
import { type Done, movedText, takenBackText } from './moved-text.ts';
import { watched } from './work-under-way.ts';

/** One toast for all moves: the latest is the one that can be undone. */
const TOAST = 'work';
const FINAL: ReadonlySet<ProblemCode> = new Set(['contact_closed', 'not_found']);
const settled = (outcomes: readonly ContactOutcome[]): number[] =>
  outcomes.filter((one) => one.ok || FINAL.has(one.problem.code)).map(({ contact_id }) => contact_id);

export interface Work {
  /** Moves to this operator; null: back into the queue. @param at moves only contacts still there: with an operator or, when null, in the queue */
  readonly move: (contact_ids: readonly number[], operator_id: number | null, at?: number | null) => Promise<void>;
  readonly close: (contact_ids: readonly number[]) => Promise<void>;
}

/**
 * Moves and closes contacts, reports the outcome of each, and offers undo where possible.
 * @param afterwards called at the end with the contacts that need nothing more: moved, closed or gone
 */
export function useWork(afterwards: (settled: readonly number[]) => void): Work {
  const { t } = useTranslation();
  const teller = useNotify();
  return useMemo(() => {
    async function takeBack(done: readonly Done[]): Promise<void> {
      const outcomes = teller.valueIn(
        await watched(done.length, (watch) =>
          moveContacts(
            done.map(({ contact_id, before, now }) => ({ contact_id, operator_id: before, if_at: now })),
            watch,
          ),
        ),
      );
      if (outcomes) teller.done(takenBackText(outcomes, t), undefined, TOAST);
      afterwards([]);
    }

    /** Contacts not attempted: the reader stopped it, or a step failed. */
    const untried = (count: number) => (count > 0 ? ` ${t('work.untried', { count })}` : '');

    function wentTo(operator_id: number | null, went: readonly Done[]): string {
      if (operator_id !== null) return t('work.moved', { count: went.length, name: currentBoard().operators[operator_id]?.name ?? '' });
      const drawn = went.filter(({ now }) => now !== null).length;
      return `${t('work.put_back', { count: went.length })}${drawn > 0 ? ` ${t('work.drawn', { count: drawn })}` : ''}`;
    }

    return {
      move: async (contact_ids, operator_id, at) => {
        const outcomes = teller.valueIn(
          await watched(contact_ids.length, (watch) =>
            moveContacts(
              contact_ids.map((contact_id) => ({ contact_id, operator_id, ...(at !== undefined && { if_at: at }) })),
              watch,
            ),
          ),
        );
        if (!outcomes) return;
        const { text, done } = movedText(outcomes, (went) => wentTo(operator_id, went), t);
        const moved = done.filter(({ before, now }) => before !== now);
        teller.done(
          text + untried(contact_ids.length - outcomes.length),
          moved.length > 0 ? { label: t('common.undo'), run: () => void takeBack(moved) } : undefined,
          TOAST,
        );
        afterwards(settled(outcomes));
      },
      close: async (contact_ids) => {
        const outcomes = teller.valueIn(await watched(contact_ids.length, (watch) => closeContacts(contact_ids, watch)));
        if (!outcomes) return;
        const { text } = movedText(outcomes, (closed) => t('work.closed', { count: closed.length }), t);
        teller.done(text + untried(contact_ids.length - outcomes.length), undefined, TOAST);
        afterwards(settled(outcomes));
      },
    };
  }, [t, teller, afterwards]);
}
