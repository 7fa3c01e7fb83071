/** Subscriptions to the host. */
import type { Unsubscribable } from '@trpc/server/observable';

const AGAIN_MS = 1_000;

/**
 * Subscribes until the returned function is called. When the host ends the subscription, because it failed or stops, it is renewed after a while;
 * lost sockets need no care here: tRPC resubscribes by itself.
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
