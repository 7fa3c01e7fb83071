import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The folder with package.json, drizzle/ and out/: the checkout, or the packaged app's own.
 * Found by walking up, because a bundled file lies at another depth than its source.
 */
function findAppRoot(from: string): string {
  if (existsSync(join(from, 'package.json'))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error('package.json of the app is missing');
  return findAppRoot(parent);
}
const root = findAppRoot(import.meta.dirname);

/** A path inside the app: `appFile('drizzle')`. */
export const appFile = (...path: string[]): string => join(root, ...path);

const runsFromSources = import.meta.filename.endsWith('.ts');

/** The entry of the threads that work on database files: this program runs from its sources, or from what they were bundled to. */
export const workerFile = (): string => (runsFromSources ? appFile('src-main', 'store', 'worker.ts') : appFile('out', 'main', 'worker.js'));

/** The entry of the thread that answers what takes long. */
export const readerFile = (): string => (runsFromSources ? appFile('src-main', 'reports', 'thread.ts') : appFile('out', 'main', 'reader.js'));
