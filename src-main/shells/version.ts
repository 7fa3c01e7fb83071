import { readFileSync } from 'node:fs';
import { appFile } from './app-root.ts';

/** From package.json, read when asked: a bundled copy could be of another build. */
export function appVersion(): string {
  const { version } = JSON.parse(readFileSync(appFile('package.json'), 'utf8')) as { version: string }; // our own file
  return version;
}
