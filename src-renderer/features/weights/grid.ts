/** Moving over the grid of weights. Pure. */
export interface Cell {
  readonly operator_id: number;
  readonly source_id: number;
}

export type Step = 'up' | 'down' | 'left' | 'right' | 'row_start' | 'row_end' | 'next' | 'previous';

const DELTA = { up: [-1, 0], down: [1, 0], left: [0, -1], right: [0, 1] } as const;

/** The cell one step further; at an edge the same one. `next` and `previous` go on to the row after and before; null leaves the grid. */
export function stepFrom(cell: Cell, step: Step, operators: readonly number[], sources: readonly number[]): Cell | null {
  const row = operators.indexOf(cell.operator_id);
  const column = sources.indexOf(cell.source_id);
  const at = (r: number, c: number): Cell | null => {
    const operator_id = operators[r];
    const source_id = sources[c];
    return operator_id === undefined || source_id === undefined ? null : { operator_id, source_id };
  };
  switch (step) {
    case 'row_start':
      return at(row, 0);
    case 'row_end':
      return at(row, sources.length - 1);
    case 'next':
      return at(row, column + 1) ?? at(row + 1, 0);
    case 'previous':
      return at(row, column - 1) ?? at(row - 1, sources.length - 1);
    default: {
      const [down, right] = DELTA[step];
      return at(row + down, column + right) ?? cell;
    }
  }
}

const ARROWS: Readonly<Record<string, Step>> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right', Home: 'row_start', End: 'row_end' };

export type Intent =
  | { readonly kind: 'move'; readonly step: Step }
  /** null: begin with what is there */
  | { readonly kind: 'edit'; readonly text: string | null }
  | { readonly kind: 'remove' }
  | { readonly kind: 'leave' };

/** What a key asks of the cell under the cursor while it is not being edited. Tab is left alone: it leaves the grid. */
export function intentOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>): Intent | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const step = ARROWS[event.key];
  if (step) return { kind: 'move', step };
  if (/^\d$/.test(event.key)) return { kind: 'edit', text: event.key };
  if (event.key === 'Enter' || event.key === 'F2' || event.key === ' ') return { kind: 'edit', text: null };
  if (event.key === 'Escape') return { kind: 'leave' };
  if (event.key === 'Delete' || event.key === 'Backspace') return { kind: 'remove' };
  return null;
}

/** Where a key leads when it commits what is typed; null when it does not commit. */
export function commitStep(event: Pick<KeyboardEvent, 'key' | 'shiftKey'>): Step | null {
  if (event.key === 'Enter') return event.shiftKey ? 'up' : 'down';
  if (event.key === 'Tab') return event.shiftKey ? 'previous' : 'next';
  if (event.key === 'ArrowUp') return 'up';
  return event.key === 'ArrowDown' ? 'down' : null;
}
