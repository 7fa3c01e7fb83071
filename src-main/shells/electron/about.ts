import { app, type BrowserWindow, clipboard, dialog } from 'electron';
import type { Messages } from '#shells/messages.ts';
import { appVersion } from '#shells/version.ts';

/** Versions that are relevant for bug reports. */
function versions(): string {
  const { electron, chrome, node } = process.versions;
  return [
    `Switchyard ${appVersion()}`,
    `Electron ${electron}`,
    `Chromium ${chrome}`,
    `Node.js ${node}`,
    `${process.platform} ${process.arch} ${process.getSystemVersion()}`,
  ].join('\n');
}

/** Shows the versions; a button copies them. */
export async function showAbout(window: BrowserWindow, say: Messages['about']): Promise<void> {
  const detail = versions();
  const { response } = await dialog.showMessageBox(window, {
    type: 'info',
    title: say.title,
    message: app.getName(),
    detail: `${say.what}\n\n${detail}`,
    buttons: [say.close, say.copy],
    defaultId: 0,
    cancelId: 0,
  });
  if (response === 1) await clipboard.writeText(detail); // returns a promise in current Electron, undefined in older versions
}
