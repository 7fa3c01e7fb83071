/** What belongs to the desktop program on one machine, and not to the workspace: its window asks for it and changes it. */
import { z } from 'zod';
import type { Result } from './problems.ts';

export const desktopChoices = z.object({
  /** of menu, tray, notifications, dialogs and the window; a browser's console has its own */
  language: z.enum(['ru', 'en']),
  /** of the window's own parts: its menu, the dialogs of the system, the ground before the page is there; the page's is the same. `auto`: the operating system's */
  theme: z.enum(['light', 'dark', 'auto']),
  /** started hidden when its user logs in */
  starts_at_login: z.boolean(),
  /** closing the window leaves the desk at work, with its icon in the tray */
  close_to_tray: z.boolean(),
});
export type DesktopChoices = z.infer<typeof desktopChoices>;
export const desktopPatch = desktopChoices.partial();
export type DesktopPatch = z.infer<typeof desktopPatch>;

export interface DesktopHost {
  /** null: there is no window, the console is in a browser */
  desktop(): DesktopChoices | null;
  /** Calls back when something was chosen, until the returned function is called. */
  watchDesktop(listener: () => void): () => void;
  /** Takes effect at once, and the next time; `system_refused` where the operating system lets nothing start with it. */
  saveDesktop(patch: DesktopPatch): Result<DesktopChoices>;
}
