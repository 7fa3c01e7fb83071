import { BrowserWindow } from 'electron';
import { PAPER } from '#shells/paper.ts';

/** Prints the window's current page as PDF: it is the page that the user requested. */
export async function printPage(): Promise<Uint8Array> {
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
  if (!window) throw new Error('there is no window to print');
  const ground = window.getBackgroundColor();
  window.setBackgroundColor('#ffffff'); // the background fills the margins of the paper
  try {
    return await window.webContents.printToPDF(PAPER);
  } finally {
    window.setBackgroundColor(ground);
  }
}
