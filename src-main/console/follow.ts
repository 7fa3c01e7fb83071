/** Turns callbacks into the answers of a subscription. */
import { Bell } from './bell.ts';

/** Yields everything that `watch` calls back with, in order, until `signal` is aborted. */
export async function* each<T>(watch: (listener: (value: T) => void) => () => void, signal: AbortSignal | undefined): AsyncGenerator<T> {
  const happened = new Bell();
  let pending: T[] = [];
  const stop = watch((value) => {
    pending.push(value);
    happened.ring();
  });
  try {
    while (await happened.rung(signal)) {
      const some = pending;
      pending = [];
      yield* some;
    }
  } finally {
    stop();
  }
}

/** Yields the current value, then the latest one after each change, until `signal` is aborted. */
export async function* latest<T>(watch: (listener: () => void) => () => void, current: () => T, signal: AbortSignal | undefined): AsyncGenerator<T> {
  const happened = new Bell();
  const stop = watch(() => happened.ring());
  try {
    do yield current();
    while (await happened.rung(signal));
  } finally {
    stop();
  }
}
