import open from 'open';

/** Whether somebody sits at this machine who would see a browser. */
export function hasScreen(env: NodeJS.ProcessEnv = process.env): boolean {
  if (env.CI || env.SSH_CONNECTION) return false;
  return process.platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/** Resolves to whether a browser could be asked to; what it does with the address nobody knows. */
export async function openBrowser(url: string): Promise<boolean> {
  try {
    const browser = await open(url);
    return await new Promise((resolve) => {
      browser.once('error', () => resolve(false));
      browser.once('spawn', () => resolve(true));
      if (browser.pid !== undefined) resolve(true);
    });
  } catch {
    return false;
  }
}
