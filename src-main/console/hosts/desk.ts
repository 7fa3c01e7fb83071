import { each, latest } from '#console/follow.ts';
import type { HostParts } from '#console/parts.ts';
import { me } from '#engine/configuration/people.ts';
import type { alertCalls } from '#shared/contract/alerts.ts';
import type { HostOf } from '#shared/contract/call.ts';
import type { deskCalls } from '#shared/contract/desk.ts';
import type { flowCalls } from '#shared/contract/flow.ts';
import type { todayCalls } from '#shared/contract/today.ts';

export const deskHost = ({
  engine,
  asOfNow,
  info,
  runs,
  alerts,
  flow,
  demo,
}: HostParts): HostOf<typeof deskCalls & typeof alertCalls & typeof todayCalls & typeof flowCalls> => ({
  info: (principal) => ({ ...info(), me: me(engine.read, principal) }),
  board: () => engine.board(),
  changes: (_principal, _input, signal) => each((listener) => runs.watch(listener), signal),
  condition: (_principal, _input, signal) =>
    latest(
      (listener) => engine.watchCondition(listener),
      () => engine.condition(),
      signal,
    ),
  startDemo: () => asOfNow(demo.start()),
  stopDemo: () => demo.stop(),
  besidesDemo: () => demo.besides(),
  removeDemo: ({ actor }) => asOfNow(demo.remove(actor)),
  alerts: (_principal, _input, signal) => each((listener) => alerts.watch(listener), signal),
  today: (_principal, { within_ms }) => engine.today.figures(within_ms),
  flow: () => flow.figures(),
});
