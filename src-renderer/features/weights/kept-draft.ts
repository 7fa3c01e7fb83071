/** Keeps a draft across a reload: saved when the page unloads, read once when it loads. */
import type { Board } from '#shared/board.ts';
import type { Edits } from './draft.ts';

const KEY = 'switchyard.weights_draft';

export interface KeptDraft {
  readonly edits: Edits;
  readonly bases: Edits;
}

/** Keeps a draft in the tab's session storage, so that a reload does not lose it. */
export function keepDraft({ edits, bases }: KeptDraft): void {
  if (Object.keys(edits).length > 0) sessionStorage.setItem(KEY, JSON.stringify({ edits, bases }));
  else sessionStorage.removeItem(KEY);
}

/** Returns the saved draft once, without operators and sources no longer in use. Null: none. */
export function takeKept(board: Pick<Board, 'operators' | 'sources'>): KeptDraft | null {
  const text = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  if (text === null) return null;
  const kept = JSON.parse(text) as KeptDraft; // only this file writes it
  return { edits: inUse(kept.edits, board), bases: kept.bases };
}

function inUse(edits: Edits, { operators, sources }: Pick<Board, 'operators' | 'sources'>): Edits {
  const left: Record<number, Edits[number]> = {};
  for (const key in edits) {
    const source_id = Number(key);
    const pairs = Object.entries(edits[source_id] ?? {}).filter(([operator_id]) => operators[Number(operator_id)]?.is_archived === false);
    if (sources[source_id]?.is_archived === false && pairs.length > 0) left[source_id] = Object.fromEntries(pairs);
  }
  return left;
}
