/** Preferences of the desktop app on one machine, not of the workspace. Its window reads and changes them. */
import { z } from 'zod';
import type { Result } from './problems.ts';

export const desktopChoices = z.object({
  /** language of menu, tray, notifications, dialogs and the window; a console in a browser has its own */
  language: z.enum(['ru', 'en']),
  /** theme of the page and of the native parts: menu, system dialogs, the background before the page has loaded. `auto`: the operating system's */
  theme: z.enum(['light', 'dark', 'auto']),
  /** starts hidden when the user logs in */
  starts_at_login: z.boolean(),
  /** closing the window leaves the desk running, with an icon in the tray */
  close_to_tray: z.boolean(),
});
export type DesktopChoices = z.infer<typeof desktopChoices>;
export const desktopPatch = desktopChoices.partial();
export type DesktopPatch = z.infer<typeof desktopPatch>;

export interface DesktopHost {
  /** null: there is no window, the console is in a browser */
  desktop(): DesktopChoices | null;
  /** Calls back after each change, until the returned function is called. */
  watchDesktop(listener: () => void): () => void;
  /** Takes effect immediately and persists; `system_refused` if the operating system does not allow starting at login. */
  saveDesktop(patch: DesktopPatch): Result<DesktopChoices>;
}
