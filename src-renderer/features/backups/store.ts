import { create } from 'zustand';
import { ask, attempt, type Failure, type Outcome } from '#link/attempt.ts';
import { client } from '#link/client.ts';
import { useConnection } from '#link/connection.ts';
import { hostNow } from '#link/host-clock.ts';
import type { Backup, Backups, Restored } from '#shared/contract/backups.ts';

interface BackupsState {
  /** null until loaded */
  readonly backups: Backups | null;
  /** when they were loaded */
  readonly heard_at: number;
  readonly failure: Failure | null;
  readonly busy: { readonly with: 'backup' | 'restore' | 'folder'; readonly since: number } | null;
  /** the backup whose restore awaits confirmation */
  readonly asked: Backup | null;
  /** outcome of the last restore, until dismissed */
  readonly restored: Restored | null;
}

/** Timeout that allows for a large database or a slow share. */
const DONE_WITHIN_MS = 15 * 60_000;

export const useBackups = create<BackupsState>(() => ({ backups: null, heard_at: 0, failure: null, busy: null, asked: null, restored: null }));

async function load(): Promise<void> {
  const outcome = await ask((signal) => client.backups.query(undefined, { signal }));
  useBackups.setState(outcome.ok ? { backups: outcome.value, heard_at: hostNow(), failure: null } : { failure: outcome.problem });
}

/** Polls while the screen is visible, until the returned function is called: the host does not announce new backups. */
export function followBackups(everyMs: number): () => void {
  const look = () => {
    if (!document.hidden && useConnection.getState().is_up) void load();
  };
  look();
  const timer = setInterval(look, everyMs);
  document.addEventListener('visibilitychange', look);
  const stop = useConnection.subscribe((now, before) => {
    if (now.is_up !== before.is_up) look();
  });
  return () => {
    stop();
    document.removeEventListener('visibilitychange', look);
    clearInterval(timer);
  };
}

/** One operation at a time, as on the host. */
async function busyWith<T>(what: 'backup' | 'restore' | 'folder', call: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  useBackups.setState({ busy: { with: what, since: hostNow() } });
  const outcome = await call();
  await load();
  useBackups.setState({ busy: null });
  return outcome;
}

export const backUpNow = (): Promise<Outcome<Backup>> =>
  busyWith('backup', () => attempt((signal) => client.backUpNow.mutate(undefined, { signal }), DONE_WITHIN_MS));

export const setSecondFolder = (folder: string | null): Promise<Outcome<null>> =>
  busyWith('folder', () => attempt((signal) => client.setSecondBackupFolder.mutate({ folder }, { signal }), DONE_WITHIN_MS));

/** Opens the confirmation for a backup; null closes it. */
export const askToRestore = (backup: Backup | null): void => useBackups.setState({ asked: backup });

/** Closes the report of a restore. */
export const putAway = (): void => useBackups.setState({ restored: null });

/** The reader has confirmed a backup that is not this desk's. */
export async function restore({ name, folder, seal }: Backup): Promise<Outcome<Restored>> {
  const input = { name, folder, accept_foreign: seal !== 'own' };
  const outcome = await busyWith('restore', () => attempt((signal) => client.restoreBackup.mutate(input, { signal }), DONE_WITHIN_MS));
  if (outcome.ok) useBackups.setState({ asked: null, restored: outcome.value });
  return outcome;
}
