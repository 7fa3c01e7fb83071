/** Notifications about figures past their thresholds. The host computes them, so that a hidden console can do without the board. */
import { initTRPC } from '@trpc/server';
import type { Alert } from '../alerts.ts';
import { Bell } from './bell.ts';

export interface AlertsHost {
  /** Calls back with each combined notification, until the returned function is called. */
  watchAlerts(listener: (alerts: readonly Alert[]) => void): () => void;
}

const { procedure } = initTRPC.context<{ host: AlertsHost }>().create();
export const alertsProcedures = {
  alerts: procedure.subscription(async function* ({ ctx, signal }): AsyncGenerator<readonly Alert[]> {
    const happened = new Bell();
    let pending: (readonly Alert[])[] = [];
    const stop = ctx.host.watchAlerts((alerts) => {
      pending.push(alerts);
      happened.ring();
    });
    try {
      while (await happened.rung(signal)) {
        const told = pending;
        pending = [];
        yield* told;
      }
    } finally {
      stop();
    }
  }),
};
