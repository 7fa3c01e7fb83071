/** Contacts being dragged: drop targets need to know them during the drag. */
import type { DragEvent } from 'react';
import { create } from 'zustand';
import { mayNow } from '#link/info.ts';

interface Dragging {
  readonly dragged: readonly number[];
  /** the operator who holds all of them; null: the queue; undefined: mixed */
  readonly at: number | null | undefined;
}

const nothing: Dragging = { dragged: [], at: undefined };
let carried = nothing;

/** The drag as rendered, slightly after it began. */
export const useDragging = create<Dragging>(() => nothing);
/** The actual drag: a drop may come before the page has rendered it. */
export const carriedNow = (): Dragging => carried;

export function endDrag(): void {
  carried = nothing;
  useDragging.setState(nothing);
}

/**
 * Drop target: `accept` prevents the default when it takes the dragged contacts. The browser asks with dragenter when the pointer enters another
 * element, and with dragover when it moves within it; for a pointer that enters and rests it asks once, and either answer decides the drop.
 */
export const dropTarget = (accept: (event: DragEvent) => void) => ({ onDragEnter: accept, onDragOver: accept });

/** Props that make a row draggable. @param meant called at drag start: the contacts to drag @param at where all of them are */
export function dragSource(meant: () => readonly number[], at?: number | null) {
  return {
    draggable: true,
    onDragStart: (event: DragEvent) => {
      if (!mayNow('supervisor')) return event.preventDefault();
      carried = { dragged: meant(), at };
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', carried.dragged.join(', '));
      setTimeout(() => useDragging.setState(carried)); // changing the page within dragstart ends the drag in Chromium
      // During a drag there are no pointer events, and a row removed meanwhile fires no dragend.
      addEventListener('pointermove', endDrag, { once: true, capture: true });
    },
    onDragEnd: endDrag,
  };
}
