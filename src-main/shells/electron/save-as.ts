/** Asks where a file is to be written; it begins among the user's documents, later where the last one went. */
import { dirname, extname, join } from 'node:path';
import { app, BrowserWindow, dialog } from 'electron';

let folder: string | undefined;

/** An absolute path, or null when the user thought better of it. */
export async function saveAs(name: string): Promise<string | null> {
  const extension = extname(name).slice(1);
  const options = { defaultPath: join(folder ?? app.getPath('documents'), name), filters: [{ name: extension.toUpperCase(), extensions: [extension] }] };
  const window = BrowserWindow.getFocusedWindow();
  const { canceled, filePath } = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
  if (canceled || filePath === '') return null;
  folder = dirname(filePath);
  return filePath;
}
