/** Commands from the menu, the tray and notifications to the page: the same as its keys. */
import type { BrowserWindow } from 'electron';

/** A page address, or the action of one of its keys. */
export type PageCommand = 'palette' | 'keys' | 'wallboard' | `#/${string}`;

/** Sends a command to the page, as an event that its key handler listens for. It counts as a user gesture, which full screen requires. */
export async function askPage({ webContents }: BrowserWindow, command: PageCommand): Promise<void> {
  await webContents.executeJavaScript(`window.dispatchEvent(new CustomEvent('switchyard-command', { detail: ${JSON.stringify(command)} })); 0`, true);
}
