/** Says in a toast what came of a call. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure, Outcome } from '../link/attempt.ts';
import { problemText } from './problem-text.ts';
import { toast } from './toast.tsx';

export interface Teller {
  failure(problem: Failure): void;
  done(message: string, undo?: { readonly label: string; readonly run: () => void }, id?: string): void;
  /** The value, or undefined after the failure has been said. */
  valueIn<T>(outcome: Outcome<T>): T | undefined;
}

export function useTeller(): Teller {
  const { t } = useTranslation();
  return useMemo(() => {
    const failure = (problem: Failure) => toast({ message: problemText(problem, t), close: t('common.close'), tone: 'bad' });
    return {
      failure,
      done: (message, action, id) => toast({ message, close: t('common.close'), ...(action ? { action } : {}), ...(id ? { id } : {}) }),
      valueIn: (outcome) => {
        if (outcome.ok) return outcome.value;
        failure(outcome.problem);
        return undefined;
      },
    };
  }, [t]);
}
