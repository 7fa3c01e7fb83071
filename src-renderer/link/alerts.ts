import type { Alert } from '#shared/alerts.ts';
import { client } from './client.ts';
import { follow } from './follow.ts';

/** Calls back with each batch of alerts from the host, also while this console is hidden. */
export const listenForAlerts = (on: (alerts: readonly Alert[]) => void): (() => void) =>
  follow((onError) => client.alerts.subscribe(undefined, { onData: on, onError }));
