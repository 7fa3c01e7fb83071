import { rmSync } from 'node:fs';
import open from 'open';
import { replaceFile } from '#shells/data-dir.ts';

/** Whether somebody sits at this machine who would see a browser. */
export function hasScreen(env: NodeJS.ProcessEnv = process.env): boolean {
  if (env.CI || env.SSH_CONNECTION) return false;
  return process.platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/** Resolves to whether a browser could be asked to; what it does with the file nobody knows. */
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

/** A file of its owner's alone that leads a browser on to the link: in a command line every user of the machine could read it. */
export function writeOpener(file: string, { url, text }: { url: string; text: string }): void {
  const page = `<!doctype html>
<meta charset="utf-8"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0;url=${url}"><title>Switchyard</title>
<p><a href="${url}">${text}</a></p>
`;
  replaceFile(file, page);
}

/** Also what a host that was killed has left. */
export const removeOpener = (file: string): void => rmSync(file, { force: true });
