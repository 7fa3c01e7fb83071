/** Where the window was, so that it comes back there: a small JSON file, forgiving about everything. */
import { readFileSync } from 'node:fs';
import { type BrowserWindow, type Rectangle, screen } from 'electron';
import { z } from 'zod';
import { replaceFile } from '#shells/data-dir.ts';

const state = z.object({
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1) }),
  is_maximized: z.boolean(),
});
export type WindowState = z.infer<typeof state>;

const SAVE_AFTER_MS = 500;
/** This much of the window has to be on a screen, or its title bar could not be reached. */
const REACHABLE_PX = 80;

/** Null when nothing is remembered, or when the screen that it was on is gone. */
export function readWindowState(file: string): WindowState | null {
  try {
    const found = state.parse(JSON.parse(readFileSync(file, 'utf8')));
    const areas = screen.getAllDisplays().map((display) => display.workArea);
    return areas.some((area) => overlap(found.bounds, area)) ? found : null;
  } catch {
    return null;
  }
}

export function keepWindowState(window: BrowserWindow, file: string): void {
  let timer: NodeJS.Timeout | undefined;
  const save = () => {
    clearTimeout(timer);
    if (window.isDestroyed() || window.isMinimized()) return;
    try {
      replaceFile(file, JSON.stringify({ bounds: window.getNormalBounds(), is_maximized: window.isMaximized() } satisfies WindowState));
    } catch {
      // a full disk must not keep the window from moving
    }
  };
  const saveSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(save, SAVE_AFTER_MS);
  };
  window.on('resize', saveSoon);
  window.on('move', saveSoon);
  window.on('close', save);
}

function overlap(a: Rectangle, b: Rectangle): boolean {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width >= REACHABLE_PX && height >= REACHABLE_PX;
}
