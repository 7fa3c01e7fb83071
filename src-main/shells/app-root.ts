import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The folder with package.json, drizzle/ and out/: the checkout or the packaged app.
 * Found by walking up, because bundled files are at a different depth than their sources.
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

/** Entry of the worker threads for database files: the source file, or its bundle in a built app. */
export const workerFile = (): string => (runsFromSources ? appFile('src-main', 'vault', 'worker.ts') : appFile('out', 'main', 'worker.js'));

/** Entry of the reading thread. */
export const readerFile = (): string => (runsFromSources ? appFile('src-main', 'reports', 'thread.ts') : appFile('out', 'main', 'reader.js'));
