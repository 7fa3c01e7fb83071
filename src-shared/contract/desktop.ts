/** Preferences of the desktop app on one machine, not of the workspace. Its window reads and changes them. */
import { z } from 'zod';
import { command, subscription } from './call.ts';
import type { Result } from './problems.ts';

/** `ask`: until the user has chosen. `stay`: intake continues, with an icon in the tray. `stop`: the app exits, and intake ends with it. */
export const onClose = z.enum(['ask', 'stay', 'stop']);
export type OnClose = z.infer<typeof onClose>;

const desktopChoices = z.object({
  /** language of menu, tray, notifications, dialogs and the window; a console in a browser has its own */
  language: z.enum(['ru', 'en']),
  /** theme of the page and of the native parts: menu, system dialogs, the background before the page has loaded. `auto`: the operating system's */
  theme: z.enum(['light', 'dark', 'auto']),
  /** starts hidden when the user logs in */
  starts_at_login: z.boolean(),
  /** what closing the window does; quitting never asks */
  on_close: onClose,
});
export type DesktopChoices = z.infer<typeof desktopChoices>;
const desktopPatch = desktopChoices.partial();
export type DesktopPatch = z.infer<typeof desktopPatch>;

export const desktopCalls = {
  /** Yields the current preferences, then each change, whether made here or in the menu. null: there is no window, the console is in a browser */
  desktop: subscription('viewer').answers<DesktopChoices | null>(),
  /** Takes effect immediately and persists; `system_refused` if the operating system does not allow starting at login. */
  saveDesktop: command('admin', desktopPatch).answers<Result<DesktopChoices>>(),
};
