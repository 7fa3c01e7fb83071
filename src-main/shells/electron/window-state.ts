/** Remembers the window's position in a small JSON file; invalid content is ignored. */
import { type BrowserWindow, screen } from 'electron';
import { z } from 'zod';
import { replaceFile } from '#shells/data-dir.ts';
import { readOwn } from '#vault/own-files.ts';
import { placeOnScreen } from './window-place.ts';

const state = z.object({
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1) }),
  is_maximized: z.boolean(),
});
export type WindowState = z.infer<typeof state>;

const SAVE_AFTER_MS = 500;

/** The stored state, moved within reach if screens have disappeared. Null when nothing is stored. */
export function readWindowState(file: string): WindowState | null {
  try {
    const found = state.parse(JSON.parse(readOwn(file) ?? ''));
    const primary = screen.getPrimaryDisplay();
    const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
    const areas = [primary, ...others].map((display) => display.workArea);
    return { ...found, bounds: placeOnScreen(found.bounds, areas) };
  } catch {
    return null;
  }
}

/** Saves position and size of the window shortly after they change, and when it closes. */
export function keepWindowState(window: BrowserWindow, file: string): void {
  let timer: NodeJS.Timeout | undefined;
  const save = () => {
    clearTimeout(timer);
    if (window.isDestroyed() || window.isMinimized()) return;
    try {
      replaceFile(file, JSON.stringify({ bounds: window.getNormalBounds(), is_maximized: window.isMaximized() } satisfies WindowState));
    } catch {
      // a full disk must not prevent moving the window
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
