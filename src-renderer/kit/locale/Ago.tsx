import { useClock } from './clock.ts';
import { formatAgo, formatDuration } from './format.ts';
import { useText } from './locale.ts';

/** How long ago `at` was, roughly; a dash when it never was. */
export function Ago({ at }: { at: number | null }) {
  const t = useText();
  return useClock((now) => (at === null ? '–' : formatAgo(now - at, t)));
}

/** How long it has lasted since `at`, to the second. */
export function Lasting({ since }: { since: number }) {
  const t = useText();
  return useClock((now) => formatDuration(now - since, t));
}
