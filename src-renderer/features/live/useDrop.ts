/** An operator's row as a place to drop contacts on: while they are dragged it shows whether it takes them, and why not. */
import { type DragEvent, useState } from 'react';
import type { BoardOperator } from '#shared/board.ts';
import { endDrag, useDragging } from '../../kit/dragging.ts';
import { isFull } from '../../link/derive.ts';

export type Drop = (contact_ids: readonly number[], operator_id: number) => unknown;

/** `none`: nothing is dragged */
export type Taking = 'none' | 'open' | 'full' | 'holder';

export function useDrop(operator: BoardOperator | undefined, onDrop: Drop) {
  const isDragging = useDragging((state) => state.dragged.length > 0);
  const isHolder = useDragging((state) => state.holder === operator?.id);
  const [isOver, setOver] = useState(false);
  const taking: Taking = !isDragging || !operator ? 'none' : isHolder ? 'holder' : isFull(operator) ? 'full' : 'open';
  const handlers = {
    onDragOver: (event: DragEvent) => {
      if (taking !== 'open') return;
      event.preventDefault(); // which says: it may be dropped here
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      const { dragged } = useDragging.getState();
      endDrag();
      if (operator && dragged.length > 0) onDrop(dragged, operator.id);
    },
  };
  return { taking, marks: { 'data-taking': taking === 'none' ? undefined : taking, 'data-over': (taking === 'open' && isOver) || undefined }, handlers };
}
