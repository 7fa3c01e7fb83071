/** What the menu, the tray and a notification ask the page for: the same as its keys do. */
import type { BrowserWindow } from 'electron';

/** An address of the page, or what one of its keys does. */
export type PageCommand = 'palette' | 'keys' | 'wallboard' | `#/${string}`;

/** The page listens for this event, see its keys. It counts as a gesture of the user, without which a page may not fill the screen. */
export async function askPage({ webContents }: BrowserWindow, command: PageCommand): Promise<void> {
  await webContents.executeJavaScript(`window.dispatchEvent(new CustomEvent('switchyard-command', { detail: ${JSON.stringify(command)} })); 0`, true);
}
