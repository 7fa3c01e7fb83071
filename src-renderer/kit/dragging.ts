/** Contacts that are dragged over the screen: who may be dropped on has to know while they are. */
import type { DragEvent } from 'react';
import { create } from 'zustand';

interface Dragging {
  readonly dragged: readonly number[];
  /** the operator who has all of them, null: the queue; undefined: they are here and there */
  readonly at: number | null | undefined;
}

const nothing: Dragging = { dragged: [], at: undefined };
let carried = nothing;

/** As the page shows it: a moment after it began. */
export const useDragging = create<Dragging>(() => nothing);
/** As it is: a drop may come before the page has shown that anything is dragged. */
export const carriedNow = (): Dragging => carried;

export function endDrag(): void {
  carried = nothing;
  useDragging.setState(nothing);
}

/**
 * A place to drop on: `accept` prevents the default where it takes what is dragged. The browser asks with dragenter when the pointer has come to another
 * element, with dragover when it goes on within the same; a pointer that comes and rests there is asked about once, and either answer decides the drop.
 */
export const dropTarget = (accept: (event: DragEvent) => void) => ({ onDragEnter: accept, onDragOver: accept });

/** What makes a row one that can be dragged. @param meant the contacts that go with it, asked for when it is @param at where all of them are */
export function dragSource(meant: () => readonly number[], at?: number | null) {
  return {
    draggable: true,
    onDragStart: (event: DragEvent) => {
      carried = { dragged: meant(), at };
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', carried.dragged.join(', '));
      setTimeout(() => useDragging.setState(carried)); // what changes the page within dragstart ends the drag in Chromium
      // While something is dragged the pointer is silent. Of a row that has gone meanwhile the page hears no dragend.
      addEventListener('pointermove', endDrag, { once: true, capture: true });
    },
    onDragEnd: endDrag,
  };
}
