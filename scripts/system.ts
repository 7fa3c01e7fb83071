/** Finds what the tests need from the system, or installs it where permitted. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The machine's own Chromium, because Playwright's cannot be downloaded everywhere. The one that has no windows takes a third less processor time. */
const chromiumPlaces = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

/** Where Debian and others put Liberation Sans. */
const liberationPlaces = ['liberation', 'liberation2', 'liberation-sans', 'liberation-fonts'].flatMap((folder) => [
  `/usr/share/fonts/truetype/${folder}`,
  `/usr/share/fonts/${folder}`,
]);

export const findChromium = (): string | undefined => [process.env.CHROMIUM_PATH, ...chromiumPlaces].find((path) => path && existsSync(path));

const runs = (command: string) => spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined;

interface Need {
  /** shown to the person who has to install it */
  readonly name: string;
  readonly packages: readonly string[];
  /** where those are not to be had */
  readonly otherwise?: readonly string[];
  isThere(): boolean;
}

const needs: readonly Need[] = [
  {
    name: 'Chromium (Debian: chromium-headless-shell or chromium; CHROMIUM_PATH names another)',
    packages: ['chromium-headless-shell', 'fonts-dejavu-core'],
    otherwise: ['chromium', 'fonts-dejavu-core'],
    isThere: () => findChromium() !== undefined,
  },
  {
    name: 'the font Liberation Sans (Debian: fonts-liberation), which the style sheet names, so that widths are the same on every machine',
    packages: ['fonts-liberation'],
    isThere: () => process.platform !== 'linux' || liberationPlaces.some((path) => existsSync(path)),
  },
  { name: 'curl (tests run the commands that the console shows)', packages: ['curl', 'ca-certificates'], isThere: () => runs('curl') },
];

/** Without it, tests that inject system call failures are reported as skipped. */
const strace: Need = { name: 'strace', packages: ['strace'], isThere: () => runs('strace') };

/** Names of what the browser tests need and is missing here. */
export const missingForBrowser = (): string[] => needs.filter((need) => !need.isThere()).map((need) => need.name);

/** Installs what is missing if permitted (Debian, as root). */
export function provideSystem(): void {
  const missing = () => [...needs, strace].filter((need) => !need.isThere());
  const may = process.platform === 'linux' && process.getuid?.() === 0;
  if (may && missing().length > 0) install(missing().flatMap((need) => need.packages));
  if (may && missing().length > 0) install(missing().flatMap((need) => need.otherwise ?? need.packages)); // one name that is unknown, and nothing was installed
}

function install(packages: readonly string[]): void {
  console.error(`Installing ${packages.join(' ')} with apt-get…`);
  const apt = (...args: string[]) =>
    spawnSync('apt-get', args, { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0;
  const patient = ['-q', '-o', 'Acquire::Retries=5', '-o', 'Acquire::http::Timeout=30', '-o', 'DPkg::Lock::Timeout=120'];
  apt('update', ...patient); // a package list that failed to load may not be needed
  apt('install', '-y', '--no-install-recommends', ...patient, ...packages);
}

/** What the desktop tests need and is missing here, as text. It is not installed automatically: the user must provide an Electron. */
export function missingForWindow(): string[] {
  const missing: string[] = [];
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
    missing.push('a display: xvfb-run -a npm run test:desktop makes one (Debian: xvfb, xauth)');
  if (electron() === null)
    missing.push("Electron's binary: node node_modules/electron/install.js downloads it; ELECTRON_OVERRIDE_DIST_PATH names the folder of another");
  return missing;
}

/** Where the `electron` package finds its binary. */
function electron(): string | null {
  const folder = join(import.meta.dirname, '..', 'node_modules', 'electron');
  const pathFile = join(folder, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron';
  const binary = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'), name);
  return existsSync(binary) ? binary : null;
}
