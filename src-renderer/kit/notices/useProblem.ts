import { useCallback, useEffect, useRef, useState } from 'react';
import { useText } from '#kit/locale/locale.ts';
import type { Failure } from '#link/attempt.ts';
import { problemText } from './problem-text.ts';
import { useNotify } from './useNotify.ts';

/** Failure of a call: shown in place, or in a toast when the reader has closed the place before the answer came. */
export function useProblem(): {
  readonly problem: string | null;
  readonly setProblem: (problem: string | null) => void;
  readonly sayFailure: (failure: Failure) => void;
} {
  const t = useText();
  const teller = useNotify();
  const [problem, setProblem] = useState<string | null>(null);
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  const sayFailure = useCallback(
    (failure: Failure) => {
      if (isShown.current) setProblem(problemText(failure, t));
      else teller.failure(failure);
    },
    [t, teller],
  );
  return { problem, setProblem, sayFailure };
}
