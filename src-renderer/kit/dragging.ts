/** Contacts that are dragged over the screen: who may be dropped on has to know while they are. */
import type { DragEvent } from 'react';
import { create } from 'zustand';

interface Dragging {
  readonly dragged: readonly number[];
  /** the operator who has all of them; null: nobody, or several */
  readonly holder: number | null;
}

const nothing: Dragging = { dragged: [], holder: null };
export const useDragging = create<Dragging>(() => nothing);
export const endDrag = (): void => useDragging.setState(nothing);

/** What makes a row one that can be dragged. @param meant the contacts that go with it, asked for when it is */
export function dragSource(meant: () => readonly number[], holder: number | null = null) {
  return {
    draggable: true,
    onDragStart: (event: DragEvent) => {
      const dragged = meant();
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', dragged.join(', '));
      setTimeout(() => useDragging.setState({ dragged, holder })); // what changes the page within dragstart ends the drag in Chromium
    },
    onDragEnd: endDrag,
  };
}
