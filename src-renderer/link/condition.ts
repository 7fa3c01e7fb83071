import { create } from 'zustand';
import type { Condition } from '#shared/contract/console.ts';
import { client } from './client.ts';

/** Whether the host can take contacts in, as it last said. */
export const useCondition = create<{ condition: Condition }>(() => ({ condition: { state: 'serving' } }));

function listen(): void {
  client.condition.subscribe(undefined, {
    onData: (condition) => useCondition.setState({ condition }),
    onError: () => setTimeout(listen, 1_000), // the host ended it; lost sockets are not told here, tRPC subscribes anew by itself
  });
}
listen();
