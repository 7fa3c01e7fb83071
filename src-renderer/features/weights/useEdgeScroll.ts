import { type RefObject, useEffect } from 'react';

/** distance in px from an edge that triggers scrolling, and px per frame */
const EDGE = 28;
const STEP = 22;

const towards = (at: number, first: number, last: number): number => (at < first + EDGE ? -STEP : at > last - EDGE ? STEP : 0);

/**
 * Scrolls during a drag to an edge or beyond. Elements that come under the pointer get the browser's own mouse events.
 * @param covered px at the left and top covered by headers
 */
export function useEdgeScroll(scroller: RefObject<HTMLElement | null>, isDragging: boolean, covered: { readonly left: number; readonly top: number }): void {
  const { left, top } = covered;
  useEffect(() => {
    if (!isDragging) return;
    let pointer: { x: number; y: number } | null = null;
    const onMove = ({ clientX, clientY }: MouseEvent) => {
      pointer = { x: clientX, y: clientY };
    };
    let frame = requestAnimationFrame(function step() {
      frame = requestAnimationFrame(step);
      const place = scroller.current?.getBoundingClientRect();
      if (!pointer || !place) return;
      const [x, y] = [towards(pointer.x, place.left + left, place.right), towards(pointer.y, place.top + top, place.bottom)];
      if (x !== 0 || y !== 0) scroller.current?.scrollBy(x, y);
    });
    window.addEventListener('mousemove', onMove);
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener('mousemove', onMove);
    };
  }, [scroller, isDragging, left, top]);
}
