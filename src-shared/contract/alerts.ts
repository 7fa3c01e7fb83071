/** Figures past their thresholds, told as they get there: by the host, so that a console nobody looks at can do without the board. */
import { initTRPC } from '@trpc/server';
import type { Alert } from '../alerts.ts';
import { Bell } from './bell.ts';

export interface AlertsHost {
  /** Calls back with what is to be told together, until the returned function is called. */
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
