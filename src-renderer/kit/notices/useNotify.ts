/** Reports the outcome of a call in a toast. */
import { useMemo } from 'react';
import { takenBackText } from '#kit/board/moved-text.ts';
import { useText } from '#kit/locale/locale.ts';
import type { Failure, Outcome } from '#link/attempt.ts';
import { undoChange } from '#link/undo.ts';
import type { Undone } from '#shared/contract/audit.ts';
import { problemText } from './problem-text.ts';
import { type Action, toast } from './toast.tsx';

export type { Action };

export interface Notices {
  failure(problem: Failure): void;
  /** what could not be done, already translated */
  refused(message: string, id?: string): void;
  done(message: string, undo?: Action, id?: string, also?: Action): void;
  /** Reports a change, with undo and perhaps another action, or the failure. True when changed. */
  changed(outcome: Outcome<unknown>, message: string, id?: string, also?: Action): boolean;
  /** Reports the outcome of an undo. */
  undone(outcome: Outcome<Undone>): void;
  /** The value, or undefined after reporting the failure. */
  valueIn<T>(outcome: Outcome<T>): T | undefined;
}

/** Reports outcomes in the reader's language. */
export function useNotify(): Notices {
  const t = useText();
  return useMemo(() => {
    const refused: Notices['refused'] = (message, id) => toast({ message, close: t('common.close'), tone: 'bad', ...(id ? { id } : {}) });
    const failure = (problem: Failure) => refused(problemText(problem, t));
    const done: Notices['done'] = (message, undo, id, also) =>
      toast({ message, close: t('common.close'), ...(undo && { undo }), ...(also && { also }), ...(id && { id }) });
    const undone: Notices['undone'] = (outcome) => {
      if (!outcome.ok) failure(outcome.problem);
      else
        done(
          [t('common.undone'), takenBackText(outcome.value.contacts, t), outcome.value.sources_without_key.length > 0 && t('common.undone_without_key')]
            .filter(Boolean)
            .join(' '),
        );
    };
    const undo = async (step: number) => {
      undone(await undoChange(step));
    };
    return {
      failure,
      refused,
      done,
      undone,
      changed: (outcome, message, id, also) => {
        if (!outcome.ok) failure(outcome.problem);
        else if (outcome.step === undefined) done(message, undefined, id, also);
        else {
          const { step } = outcome;
          done(message, { label: t('common.undo'), run: () => void undo(step) }, id, also);
        }
        return outcome.ok;
      },
      valueIn: (outcome) => {
        if (outcome.ok) return outcome.value;
        failure(outcome.problem);
        return undefined;
      },
    };
  }, [t]);
}
