/** Places a window within reach on the present screens. Pure. */
import type { Rectangle } from 'electron';

/** Minimum part of the title bar on a screen, so that the window can be dragged. */
const REACHABLE_PX = 80;
const TITLE_BAR_PX = 32;

const overlap = (a: Rectangle, b: Rectangle) => ({
  width: Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)),
  height: Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)),
});

/** Whether the title bar can be grabbed and the whole window brought into view by dragging. */
function isReachable(window: Rectangle, area: Rectangle): boolean {
  const held = overlap({ ...window, height: TITLE_BAR_PX }, area);
  return held.width >= REACHABLE_PX && held.height === TITLE_BAR_PX && window.width <= area.width && window.height <= area.height;
}

const within = (at: number, length: number, from: number, room: number): number => Math.min(Math.max(at, from), from + room - length);

/**
 * The window's former rectangle if it is reachable. Otherwise, shrunk to fit if needed, wholly on the screen that it overlapped most, or on the first.
 * @param areas work areas of the screens, without space reserved by the system, primary screen first
 */
export function placeOnScreen(window: Rectangle, areas: readonly Rectangle[]): Rectangle {
  if (areas.some((area) => isReachable(window, area))) return window;
  const seen = (area: Rectangle) => {
    const { width, height } = overlap(window, area);
    return width * height;
  };
  const area = areas.reduce<Rectangle | undefined>((best, one) => (best && seen(best) >= seen(one) ? best : one), undefined);
  if (!area) return window;
  const [width, height] = [Math.min(window.width, area.width), Math.min(window.height, area.height)];
  const isElsewhere = seen(area) === 0;
  const centred = { x: area.x + Math.round((area.width - width) / 2), y: area.y + Math.round((area.height - height) / 2) };
  const moved = { x: within(window.x, width, area.x, area.width), y: within(window.y, height, area.y, area.height) };
  return { ...(isElsewhere ? centred : moved), width, height };
}
