/** Makes an operator's row a drop target: during a drag it shows whether the operator can take the contacts, and why not. */
import { type DragEvent, useState } from 'react';
import { carriedNow, dropTarget, endDrag, useDragging } from '#kit/board/dragging.ts';
import { currentBoard } from '#link/board.ts';
import { isFull } from '#link/derive.ts';
import type { BoardOperator } from '#shared/board.ts';

/** @param at where the contacts were when the drag began, an operator or the queue; contacts moved elsewhere since stay there */
export type Drop = (contact_ids: readonly number[], operator_id: number, at: number | null | undefined) => unknown;

/** `none`: no drag under way */
export type Taking = 'none' | 'open' | 'full' | 'holder';

function takingOf(operator: BoardOperator | undefined, isDragging: boolean, isHolder: boolean): Taking {
  if (!isDragging || !operator) return 'none';
  return isHolder ? 'holder' : isFull(operator) ? 'full' : 'open';
}

/** Handlers that make an element a drop target for contacts of an operator. */
export function useDrop(operator: BoardOperator | undefined, onDrop: Drop) {
  const isDragging = useDragging((state) => state.dragged.length > 0);
  const isHolder = useDragging((state) => state.at === operator?.id);
  const [isOver, setOver] = useState(false);
  const id = operator?.id ?? 0;
  const taking = takingOf(operator, isDragging, isHolder);
  const takesNow = () => {
    const { dragged, at } = carriedNow();
    return takingOf(currentBoard().operators[id], dragged.length > 0, at === id) === 'open';
  };
  const handlers = {
    ...dropTarget((event) => {
      if (!takesNow()) return;
      event.preventDefault(); // marks this as a valid drop target
      setOver(true);
    }),
    onDragLeave: ({ currentTarget, relatedTarget }: DragEvent) => {
      if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setOver(false); // not when moving between its own cells
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      const { dragged, at } = carriedNow();
      endDrag();
      if (dragged.length > 0) onDrop(dragged, id, at);
    },
  };
  return { taking, marks: { 'data-taking': taking === 'none' ? undefined : taking, 'data-over': (taking === 'open' && isOver) || undefined }, handlers };
}
