/** What a data directory remembers of its database outside of it: that it had one, how far it had come, where its second backups go. */
import { join } from 'node:path';
import type { Point } from './check.ts';
import { replaceDurably } from './files.ts';
import { readOwn } from './own-files.ts';

export interface Installation {
  /** names its folder where several installations put their second backups */
  readonly id: string;
  /** where the database was when this was last written, at a backup and at the end */
  readonly reached: Point | null;
  /** where it will be when the restore that has begun is done */
  readonly arriving: Point | null;
  readonly second_backup_folder: string | null;
  /** the backups of before there were seals have been sealed; until then those in the desk's own folder count as its own */
  readonly seals_backups: boolean;
}

/** null: there is none; `unreadable`: there was one */
export function readInstallation(file: string): Installation | 'unreadable' | null {
  const text = readOwn(file);
  if (text === null) return null;
  try {
    const said = JSON.parse(text) as Partial<Record<keyof Installation, unknown>>;
    if (typeof said.id !== 'string' || !/^[\w-]{1,64}$/.test(said.id)) return 'unreadable';
    const second = said.second_backup_folder;
    return {
      id: said.id,
      reached: point(said.reached),
      arriving: point(said.arriving),
      second_backup_folder: typeof second === 'string' ? second : null,
      seals_backups: said.seals_backups === true,
    };
  } catch {
    return 'unreadable';
  }
}

export function writeInstallation(file: string, installation: Installation): void {
  replaceDurably(file, `${JSON.stringify(installation, null, 2)}\n`);
}

function point(said: unknown): Point | null {
  if (typeof said !== 'object' || said === null) return null;
  const { revision, chain } = said as Partial<Record<keyof Point, unknown>>;
  if (typeof revision !== 'number') return null;
  return { revision, chain: typeof chain === 'string' ? chain : null };
}

/** Where an installation's second backups lie: in a folder of its own, since several may share a disk. */
export function secondFolderOf({ id, second_backup_folder }: Installation): string | null {
  return second_backup_folder === null ? null : join(second_backup_folder, `switchyard-${id}`);
}
