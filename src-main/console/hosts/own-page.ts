import { latest } from '#console/follow.ts';
import type { HostParts } from '#console/parts.ts';
import { updateOperator } from '#engine/configuration/operators.ts';
import { ownDesk, ownFigures, ownId, watchOwnDesk } from '#engine/views/own-page.ts';
import type { HostOf } from '#shared/contract/call.ts';
import type { ownPageCalls } from '#shared/contract/own-page.ts';

export const ownPageHost = ({ engine, write }: HostParts): HostOf<typeof ownPageCalls> => ({
  ownDesk: (principal, _input, signal) =>
    latest(
      (listener) => watchOwnDesk(engine, ownId(principal), listener),
      () => {
        const desk = ownDesk(engine.read, ownId(principal));
        return desk.ok ? desk.value : null;
      },
      signal,
    ),
  ownFigures: (principal) => ownFigures(engine, ownId(principal)),
  pause: (principal, { reason }) => write(principal, (w) => updateOperator(w, ownId(principal), { is_active: false, inactive_reason: reason })),
  resume: (principal) => write(principal, (w) => updateOperator(w, ownId(principal), { is_active: true })),
});
