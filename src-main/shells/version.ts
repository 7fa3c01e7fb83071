import { readFileSync } from 'node:fs';
import { appFile } from './app-root.ts';

/** The version in package.json, read at run time: a bundled copy could be from another build. */
export function appVersion(): string {
  const { version } = JSON.parse(readFileSync(appFile('package.json'), 'utf8')) as { version: string }; // our own file
  return version;
}
