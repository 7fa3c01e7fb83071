/** Prepares the database at startup: restore if requested, admit or refuse with advice, back up and migrate, open. */

import { openStore, type Store } from '#store/sqlite/open.ts';
import { pathOf } from '#vault/backup-files.ts';
import { admit, backUpBeforeMigration, type Places, type RefusedDatabase, type Whose } from '#vault/guard.ts';
import type { Installation } from '#vault/installation.ts';
import { restoreBeforeStart } from '#vault/restored.ts';
import type { WorkerTasks } from '#vault/worker-tasks.ts';
import type { DataDir } from './data-dir.ts';
import { EXIT } from './exit-codes.ts';
import { messages } from './messages.ts';
import type { Options } from './options.ts';
import { terminalText } from './terminal-text.ts';

/** The database must not be used. Print `message` and exit with `exitCode`. */
export class DatabaseRefused extends Error {
  readonly exitCode: number;

  constructor(exitCode: number, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}

interface Opening {
  readonly options: Options;
  readonly dataDir: DataDir;
  readonly places: Places;
  readonly workerTasks: WorkerTasks;
  readonly now: () => number;
  /** prints a line for the person who starts the program */
  readonly tell: (line: string) => void;
}

/** Opens the database. @throws DatabaseRefused, or StoreError when a newer version wrote the database */
export async function openDatabase({
  options,
  dataDir,
  places,
  workerTasks,
  now,
  tell,
}: Opening): Promise<{ store: Store; installation: Installation; wholly: boolean }> {
  if (options.restore !== undefined) await restore({ options, dataDir, places, workerTasks, now, tell }, options.restore);
  const admitted = await admit(places, workerTasks);
  if (!admitted.ok) throw new DatabaseRefused(EXIT.database_refused, refusalText(admitted.refusal, options, dataDir));
  await backUpBeforeMigration(places, workerTasks, now);
  return { store: openStore(places.database, { migrations: places.migrations }), installation: admitted.installation, wholly: admitted.wholly };
}

/** Text about the origin of a backup that this desk did not seal, as far as it states one. */
function whoseText({ language }: Options, { seal, origin, sources }: Whose): string {
  const say = messages(language).foreign;
  const who = origin === null ? say.none : say[seal === 'foreign' ? 'foreign' : 'broken'](terminalText(origin.machine), terminalText(origin.desk));
  return sources.length === 0 ? who : `${who} ${say.sources(sources.map(terminalText).join(', '))}`;
}

async function restore({ options, places, workerTasks, now, tell }: Opening, wanted: string): Promise<void> {
  const say = messages(options.language);
  const restored = await restoreBeforeStart(places, workerTasks, { wanted, acceptForeign: options.acceptForeign }, now);
  if (!restored.ok && restored.reason === 'foreign')
    throw new DatabaseRefused(EXIT.restore_failed, say.foreign.refused(restored.detail, whoseText(options, restored.whose)));
  if (!restored.ok) throw new DatabaseRefused(EXIT.restore_failed, say.restoreFailed[restored.reason](terminalText(restored.detail)));
  if (restored.whose) tell(say.foreign.accepted(whoseText(options, restored.whose)));
  tell(say.restored(restored.from, restored.point.revision));
  if (restored.before) tell(say.restoredBefore(pathOf(restored.before)));
  if (restored.quarantine !== null) tell(say.restoredQuarantine(restored.quarantine));
}

function refusalText({ reason, detail, lastGood, lastWrite }: RefusedDatabase, options: Options, { database, backups, quarantine, path }: DataDir): string {
  const say = messages(options.language).refusal;
  const time = (at: number) => new Date(at).toLocaleString(options.language, { dateStyle: 'medium', timeStyle: 'medium' });
  const first = `${say.reason[reason](database)} ${say.untouched}`;
  const lines = [detail === '' ? first : `${first} (${terminalText(detail)})`];
  if (lastGood) {
    const from = time(lastGood.at);
    lines.push(
      say.lastGood(from, lastGood.revision, pathOf(lastGood)),
      lastWrite !== null && lastWrite > lastGood.at ? say.lostUntil(from, time(lastWrite)) : say.lostSince(from),
      say.restore(backups, quarantine),
    );
  } else lines.push(say.noBackup(backups, path));
  return lines.join('\n');
}
