/** The Chromium that tests drive: the machine's own, because Playwright's cannot be downloaded everywhere. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'];

export const findChromium = (): string | undefined => [process.env.CHROMIUM_PATH, ...places].find((path) => path && existsSync(path));

/** Finds it, or installs Debian's package when it may; undefined when there is none and none could be had. */
export function provideChromium(): string | undefined {
  const found = findChromium();
  if (found || process.platform !== 'linux' || process.getuid?.() !== 0) return found;
  console.error('Installing chromium with apt-get…');
  const apt = (...args: string[]) =>
    spawnSync('apt-get', args, { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0;
  if (!apt('update', '-q') || !apt('install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-dejavu-core')) return undefined;
  return findChromium();
}
