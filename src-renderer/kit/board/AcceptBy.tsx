import { useClock } from '#kit/locale/clock.ts';
import { formatDuration } from '#kit/locale/format.ts';
import { useText } from '#kit/locale/locale.ts';

/** How long there is still to accept something, to the second. @param at epoch milliseconds */
export function AcceptBy({ at }: { at: number }) {
  const t = useText();
  return useClock((now) => formatDuration(Math.max(0, at - now), t));
}
