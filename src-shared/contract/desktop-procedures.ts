import { initTRPC } from '@trpc/server';
import { Bell } from './bell.ts';
import { type DesktopChoices, type DesktopHost, desktopPatch } from './desktop.ts';

const { procedure } = initTRPC.context<{ host: DesktopHost }>().create();

export const desktopProcedures = {
  /** Yields the current preferences, then each change, whether made here or in the menu. */
  desktop: procedure.subscription(async function* ({ ctx, signal }): AsyncGenerator<DesktopChoices | null> {
    const happened = new Bell();
    const stop = ctx.host.watchDesktop(() => happened.ring());
    try {
      do yield ctx.host.desktop();
      while (await happened.rung(signal));
    } finally {
      stop();
    }
  }),
  saveDesktop: procedure.input(desktopPatch).mutation(({ ctx, input }) => ctx.host.saveDesktop(input)),
};
