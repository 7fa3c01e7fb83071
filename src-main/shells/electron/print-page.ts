/** Prints a page of the console as PDF, in a window that nobody sees. */
import type { BrowserWindow } from 'electron';
import { PAGE_IS_READY, READY_WITHIN_MS } from '#shells/page-ready.ts';
import { hiddenWindow } from './window.ts';

/** @param hash of the page's address @throws when the page is not ready in time */
export async function printPage(hash: string): Promise<Uint8Array> {
  const window: BrowserWindow = await hiddenWindow(hash);
  try {
    if ((await window.webContents.executeJavaScript(PAGE_IS_READY)) !== true)
      throw new Error(`the page was not ready within ${READY_WITHIN_MS / 1000} seconds`);
    return await window.webContents.printToPDF({ printBackground: true, preferCSSPageSize: true, landscape: true });
  } finally {
    window.destroy();
  }
}
