/** `npm run build`, and the build before a start or a test: builds into out/, unless that is newer than all of its sources. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stamp = join(root, 'out', '.built');
const sources = ['src-main', 'src-shared', 'src-things', 'src-renderer', 'resources', 'package.json', 'electron.vite.config.ts', 'tsconfig.base.json'];

export const isBuilt = () => existsSync(stamp) && Math.max(...sources.map((source) => newest(join(root, source)))) <= statSync(stamp).mtimeMs;

/** Sends all build output to stderr, because stdout is reserved for --json. Returns whether the build succeeded. */
export function build() {
  const startedAt = new Date(); // a file saved during the build counts as newer than the build
  const vite = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) return false;
  writeFileSync(stamp, '');
  utimesSync(stamp, startedAt, startedAt);
  return true;
}

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exit(build() ? 0 : 1);
