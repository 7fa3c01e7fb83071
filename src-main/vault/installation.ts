/** What a data directory records about its database outside the database: that there was one, its latest known point, and the second backup folder. */
import { join } from 'node:path';
import type { Point } from '#store/journal/chain.ts';
import { replaceDurably } from './files.ts';
import { readOwn } from './own-files.ts';

export interface Installation {
  /** names this installation's folder among the second backups of several installations */
  readonly id: string;
  /** the database's point when this was last written, at a backup and at exit */
  readonly reached: Point | null;
  /** the database's point once the restore in progress is done */
  readonly arriving: Point | null;
  readonly second_backup_folder: string | null;
  /** backups from before seals have been sealed; until then, those in the desk's own folder count as its own */
  readonly seals_backups: boolean;
}

/** Reads the installation record. Null: there is none; `unreadable`: there is one, but it cannot be read. */
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

/** Replaces the record durably. */
export function writeInstallation(file: string, installation: Installation): void {
  replaceDurably(file, `${JSON.stringify(installation, null, 2)}\n`);
}

function point(said: unknown): Point | null {
  if (typeof said !== 'object' || said === null) return null;
  const { revision, chain } = said as Partial<Record<keyof Point, unknown>>;
  if (typeof revision !== 'number') return null;
  return { revision, chain: typeof chain === 'string' ? chain : null };
}

/** Folder of an installation's second backups. Each has its own, since several installations may share a disk. */
export function secondFolderOf({ id, second_backup_folder }: Installation): string | null {
  return second_backup_folder === null ? null : join(second_backup_folder, `switchyard-${id}`);
}
