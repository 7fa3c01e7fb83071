/** `npm run build`, and the build before a start or a test: into out/, unless that is newer than everything that goes into it. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stamp = join(root, 'out', '.built');
const sources = ['src-main', 'src-shared', 'src-renderer', 'resources', 'package.json', 'electron.vite.config.ts', 'tsconfig.base.json'];

export const isBuilt = () => existsSync(stamp) && Math.max(...sources.map((source) => newest(join(root, source)))) <= statSync(stamp).mtimeMs;

/** All that the build prints goes to stderr: stdout belongs to whoever reads --json. Returns whether it worked. */
export function build() {
  const startedAt = new Date(); // what is saved while it builds is newer than the build
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
