import type { Alert } from '#shared/alerts.ts';
import { client } from './client.ts';

/** Calls back with what the host tells together; also while nobody looks at this console. */
export function listenForAlerts(on: (alerts: readonly Alert[]) => void): void {
  client.alerts.subscribe(undefined, {
    onData: on,
    onError: () => setTimeout(() => listenForAlerts(on), 1_000), // the host ended it; lost sockets are not told here, tRPC subscribes anew by itself
  });
}
