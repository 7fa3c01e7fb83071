/** What the tests need from the system: found, or installed where it may be. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** The machine's own Chromium, because Playwright's cannot be downloaded everywhere. */
const chromiumPlaces = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'];

export const findChromium = (): string | undefined => [process.env.CHROMIUM_PATH, ...chromiumPlaces].find((path) => path && existsSync(path));

const runs = (command: string) => spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined;

interface Need {
  /** in words, for whoever has to install it */
  readonly name: string;
  readonly packages: readonly string[];
  isThere(): boolean;
}

const needs: readonly Need[] = [
  {
    name: 'Chromium (Debian: chromium; CHROMIUM_PATH names another)',
    packages: ['chromium', 'fonts-dejavu-core'],
    isThere: () => findChromium() !== undefined,
  },
  { name: 'curl (the lines that the console shows are run as pasted)', packages: ['curl', 'ca-certificates'], isThere: () => runs('curl') },
];

/** Without it the tests that make system calls fail are skipped, visibly. */
const strace: Need = { name: 'strace', packages: ['strace'], isThere: () => runs('strace') };

/** Installs what is missing when it may (Debian, as root). Returns what could not be had, in words. */
export function provideSystem(): string[] {
  const missing = [...needs, strace].filter((need) => !need.isThere());
  if (missing.length > 0 && process.platform === 'linux' && process.getuid?.() === 0) install(missing.flatMap((need) => need.packages));
  return needs.filter((need) => !need.isThere()).map((need) => need.name);
}

function install(packages: readonly string[]): void {
  console.error(`Installing ${packages.join(' ')} with apt-get…`);
  const apt = (...args: string[]) =>
    spawnSync('apt-get', args, { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0;
  if (apt('update', '-q')) apt('install', '-y', '-q', '--no-install-recommends', ...packages);
}
