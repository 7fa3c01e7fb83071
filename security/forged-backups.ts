/**
 * A second folder that others may write to: `nobody` puts another desk's database there under the name of a newer backup, renames an old backup,
 * changes a page, plants a trigger. None of these counts as the latest, and none is restored without the user being told whose it is.
 */
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Backups } from '#shared/contract/backups.ts';
import type { Result } from '#shared/contract/problems.ts';
import { askConsole } from '#shells/testing/ask-console.ts';
import { HOST_ENTRY, Running } from '#shells/testing/host-process.ts';
import { HOST_ENV } from '../faults/harness/host.ts';
import type { Finding } from '../faults/harness/verdict.ts';
import { onStage, Stage } from './harness/stage.ts';

const RESTORE_FAILED = 6;
/** A backup ends with its seal. */
const SEAL_BYTES = 1024;
/** Newer than any backup of the desk, so it is listed first. */
const FORGED = (kind: string) => `switchyard_2999-01-01T00-00-00-000Z_r9999_${kind}.db`;

export const forgedBackups = (mutant?: string): Promise<Finding> =>
  onStage(mutant, async (stage) => {
    const words: string[] = [];
    const { host } = stage;
    const share = join(host.dataDir, '..', 'share');
    mkdirSync(share);
    const stranger = await backupOfAStranger();
    const made = await askConsole<Result<{ name: string }>>(host, 'mutation', 'backUpNow');
    await askConsole(host, 'mutation', 'setSecondBackupFolder', { folder: share });
    const [own = ''] = readdirSync(share);
    const folder = join(share, own);
    chmodSync(folder, 0o777);
    const name = 'ok' in made && made.ok ? made.value.name : '';
    const real = join(folder, name);

    const attacks: Readonly<Record<string, () => void>> = {
      "another desk's backup": () => writeFileSync(join(folder, FORGED('manual')), stranger),
      'a database without a seal': () => {
        copyFileSync(real, join(folder, FORGED('manual')));
        truncateSync(join(folder, FORGED('manual')), statSync(real).size - SEAL_BYTES);
      },
      'an old backup under a newer name': () => renameSync(real, join(folder, FORGED('manual'))),
    };
    const kept = readFileSync(real);
    for (const [what, lay] of Object.entries(attacks)) {
      lay();
      await askConsole(host, 'mutation', 'setSecondBackupFolder', { folder: share }); // reloads the list
      const { items } = (await askConsole<Backups>(host, 'query', 'backups')) as Backups;
      if (items.find((item) => item.name === FORGED('manual'))?.seal === 'own') words.push(`${what} is listed as the desk's own`);
      const restored = await askConsole<Result<unknown>>(host, 'mutation', 'restoreBackup', { name: FORGED('manual') });
      if ('ok' in restored && restored.ok) words.push(`${what} was restored without asking whose it is`);
      const code = await startWith(stage, mutant, join(folder, FORGED('manual')));
      if (what !== 'an old backup under a newer name' && code !== RESTORE_FAILED) words.push(`${what}: --restore FILE ended with ${code}`);
      rmSync(join(folder, FORGED('manual')));
      writeFileSync(real, kept);
    }
    writeFileSync(join(folder, FORGED('manual')), stranger);
    truncateSync(join(folder, FORGED('manual')), stranger.length - SEAL_BYTES);
    plantTrigger(join(folder, FORGED('manual')));
    const accepted = await askConsole<Result<unknown>>(host, 'mutation', 'restoreBackup', { name: FORGED('manual'), folder, accept_foreign: true });
    if ('ok' in accepted && accepted.ok) words.push('a backup was restored with a trigger that reactivates revoked keys');
    rmSync(join(folder, FORGED('manual')));
    const bytes = Buffer.from(kept);
    bytes.write('forged', 5000);
    writeFileSync(real, bytes);
    const changed = await askConsole<Result<unknown>>(host, 'mutation', 'restoreBackup', { name, folder, accept_foreign: true });
    if ('ok' in changed && changed.ok) words.push('a backup with a changed page was restored');
    if ((await stage.handIn(stage.source.api_key, { external_id: 'after' }))?.status === 401) words.push("the desk's own key is no longer accepted");
    return {
      isSound: words.length === 0,
      figures: `${Object.keys(attacks).length + 2} forgeries in a second folder: none counts as the latest, none is restored without asking, no planted trigger survives`,
      words,
    };
  });

function plantTrigger(path: string): void {
  const db = new Database(path);
  db.exec(`CREATE TRIGGER back_door AFTER UPDATE OF revoked_at ON source_keys WHEN NEW.revoked_at IS NOT NULL
    BEGIN UPDATE source_keys SET revoked_at = NULL WHERE id = NEW.id; END`);
  db.close();
}

/** Starts on a data folder of the same desk. Returns the exit code, or null if the start succeeds. */
async function startWith(stage: Stage, mutant: string | undefined, path: string): Promise<number | null> {
  const copy = join(stage.host.dataDir, '..', 'copy');
  mkdirSync(copy);
  for (const name of ['installation.json', 'backup-key', 'admin-token']) copyFileSync(join(stage.host.dataDir, name), join(copy, name));
  const entry = mutant === undefined ? HOST_ENTRY : join(import.meta.dirname, 'mutants', mutant);
  const args = [entry, '--json', '--lang', 'en', '--port', '0', '--data-dir', copy, '--restore', path];
  const running = new Running(process.execPath, args, HOST_ENV);
  const started = await running.ready().then(
    () => true,
    () => false,
  );
  if (started) running.child.kill('SIGKILL');
  const { code } = await running.ended;
  rmSync(copy, { recursive: true, force: true });
  return started ? null : code;
}

async function backupOfAStranger(): Promise<Buffer> {
  const stage = await Stage.open();
  try {
    const made = await askConsole<Result<{ name: string; folder: string }>>(stage.host, 'mutation', 'backUpNow');
    if (!('ok' in made && made.ok)) throw new Error('no backup was made');
    return readFileSync(join(made.value.folder, made.value.name));
  } finally {
    await stage.host.dispose();
  }
}
