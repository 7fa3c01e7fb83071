import { BrowserWindow } from 'electron';

/** The page that the user looks at, as PDF: it is the one whose printing they asked for. */
export async function printPage(): Promise<Uint8Array> {
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
  if (!window) throw new Error('there is no window to print');
  return window.webContents.printToPDF({ printBackground: true, preferCSSPageSize: true, landscape: true });
}
