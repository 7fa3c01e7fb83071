import { BrowserWindow } from 'electron';
import { PAPER } from '#shells/paper.ts';

/** The page that the user looks at, as PDF: it is the one whose printing they asked for. */
export async function printPage(): Promise<Uint8Array> {
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
  if (!window) throw new Error('there is no window to print');
  const ground = window.getBackgroundColor();
  window.setBackgroundColor('#ffffff'); // it is what lies between the page and the edge of the paper
  try {
    return await window.webContents.printToPDF(PAPER);
  } finally {
    window.setBackgroundColor(ground);
  }
}
