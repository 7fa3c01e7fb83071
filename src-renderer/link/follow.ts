/** What the host tells of its own accord. */
import type { Unsubscribable } from '@trpc/server/observable';

const AGAIN_MS = 1_000;

/**
 * Listens until the function that it answers is called. When the host has ended it, because it failed or stops, it is asked again after a while;
 * lost sockets are not told here: tRPC subscribes anew by itself.
 * @param subscribe with `onError` among its callbacks
 */
export function follow(subscribe: (onError: () => void) => Unsubscribable): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let current: Unsubscribable;
  const listen = () => {
    current = subscribe(() => {
      timer = setTimeout(listen, AGAIN_MS);
    });
  };
  listen();
  return () => {
    clearTimeout(timer);
    current.unsubscribe();
  };
}
