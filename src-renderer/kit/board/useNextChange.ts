import { useClock } from '#kit/locale/clock.ts';
import { formatDuration } from '#kit/locale/format.ts';
import { useText } from '#kit/locale/locale.ts';
import { currentBoard } from '#link/board.ts';
import { nextChange } from '#link/derive.ts';
import type { WaitingContact } from '#shared/board.ts';

const words = {
  closed_hours: 'waiting.opens_in',
  line_closed: 'waiting.line_in',
  lacks_tag: 'waiting.tags_in',
  owner_busy: 'waiting.others_in',
  let_go: 'waiting.again_in',
} as const;

/** For a row of a table. */
const inRows = {
  closed_hours: 'waiting.opens_in',
  line_closed: 'waiting.line_in',
  lacks_tag: 'waiting.row_tags_in',
  owner_busy: 'waiting.row_others_in',
  let_go: 'waiting.row_again_in',
} as const;

/** `line 2 in 00:18`: what changes by itself for a contact that waits. Empty if nothing does. */
export function useNextChange(contact: WaitingContact | undefined, isRow = false): string {
  const t = useText();
  return useClock((now) => {
    const next = contact && nextChange(currentBoard(), contact, now);
    return next ? t((isRow ? inRows : words)[next.why], { line: next.line, time: formatDuration(next.at - now, t) }) : '';
  });
}
