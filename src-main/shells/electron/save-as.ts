/** Save dialog for exports. Starts in the user's documents folder, later in the last folder used. */
import { dirname, extname, join } from 'node:path';
import { app, BrowserWindow, dialog } from 'electron';

let folder: string | undefined;

/** Asks for a path. Returns an absolute path, or null when the user cancelled. */
export async function saveAs(name: string): Promise<string | null> {
  const extension = extname(name).slice(1);
  const options = { defaultPath: join(folder ?? app.getPath('documents'), name), filters: [{ name: extension.toUpperCase(), extensions: [extension] }] };
  const window = BrowserWindow.getFocusedWindow();
  const { canceled, filePath } = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
  if (canceled || filePath === '') return null;
  folder = dirname(filePath);
  return filePath;
}
