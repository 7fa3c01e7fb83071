import { rmSync } from 'node:fs';
import open from 'open';
import { replaceFile } from '#shells/data-dir.ts';

/** Whether this session has a screen on which a browser would be visible. */
export function hasScreen(env: NodeJS.ProcessEnv = process.env): boolean {
  if (env.CI || env.SSH_CONNECTION) return false;
  return process.platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/** Opens a file in the browser. Resolves to whether the browser could be started; the outcome is unknown. */
export async function openBrowser(file: string): Promise<boolean> {
  try {
    const browser = await open(file);
    return await new Promise((resolve) => {
      browser.once('error', () => resolve(false));
      browser.once('spawn', () => resolve(true));
      if (browser.pid !== undefined) resolve(true);
    });
  } catch {
    return false;
  }
}

/** Writes a private file that redirects the browser to the link. On a command line, every user of the machine could read the link. */
export function writeOpener(file: string, { url, text }: { url: string; text: string }): void {
  const page = `<!doctype html>
<meta charset="utf-8"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0;url=${url}"><title>Switchyard</title>
<p><a href="${url}">${text}</a></p>
`;
  replaceFile(file, page);
}

/** Removes the file, also one that a killed host left. */
export const removeOpener = (file: string): void => rmSync(file, { force: true });
