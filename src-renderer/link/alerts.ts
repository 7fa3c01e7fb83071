import type { Alert } from '#shared/alerts.ts';
import { client } from './client.ts';
import { follow } from './follow.ts';

/** Calls back with what the host tells together; also while nobody looks at this console. */
export const listenForAlerts = (on: (alerts: readonly Alert[]) => void): (() => void) =>
  follow((onError) => client.alerts.subscribe(undefined, { onData: on, onError }));
