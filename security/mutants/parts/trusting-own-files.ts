import { existsSync, openSync, readFileSync, writeFileSync } from 'node:fs';

export * from '../../../src-main/vault/own-files.ts';

export const requireOwn = (path: string): boolean => existsSync(path);
export const requireOwnOnShare = (): void => undefined;
export const openPlain = (path: string): number => openSync(path, 'r');
export const readOwn = (path: string): string | null => (existsSync(path) ? readFileSync(path, 'utf8') : null);
export const writeNew = (path: string, text: string): void => writeFileSync(path, text, { mode: 0o600 });
