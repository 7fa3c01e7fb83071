import { useClock } from '#kit/locale/clock.ts';
import { formatDuration } from '#kit/locale/format.ts';
import { useText } from '#kit/locale/locale.ts';
import { currentBoard } from '#link/board.ts';
import { nextLine, type Waits } from '#link/derive.ts';

/** `line 2 in 00:18`: what changes by itself for a contact that waits. Empty if nothing does. */
export function useNextLine(contact: Waits | undefined): string {
  const t = useText();
  return useClock((now) => {
    const next = contact && nextLine(currentBoard(), contact, now);
    return next ? t('waiting.line_in', { line: next.line, time: formatDuration(next.at - now, t) }) : '';
  });
}
