/**
 * A data folder that another user created beforehand, or files planted in it: the host opens none of them, names their owner, and does not
 * change the victim's file. The same for files planted in a second backup folder that others may write to.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, lchownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Result } from '#shared/contract/problems.ts';
import { askConsole } from '#shells/testing/ask-console.ts';
import { HOST_ENTRY, Running } from '#shells/testing/host-process.ts';
import { HOST_ENV } from '../faults/harness/host.ts';
import type { Finding } from '../faults/harness/verdict.ts';
import { onStage } from './harness/stage.ts';

const NOBODY = 65_534;
const REFUSED = 7;
const KNOWN_TOKEN = 'A'.repeat(43);
/** What is opened in a data folder, by kind. */
const FILES = [
  'admin-token',
  'switchyard.db',
  'switchyard.db-wal',
  'switchyard.db-journal',
  'search.db',
  'instance.lock',
  'host.json',
  'intake.json',
  'installation.json',
  'backup-key',
];
const FOLDERS = ['backups', 'logs', 'quarantine', 'window'];

interface Trap {
  readonly name: string;
  /** @param victim a folder with a file `words`, which must not change, and a folder `inside` */
  readonly lay: (dataDir: string, victim: string) => void;
}

const links: readonly Trap[] = [
  ...FILES.map((file) => ({ name: `${file} is a link`, lay: (dataDir: string, victim: string) => symlinkSync(join(victim, 'words'), join(dataDir, file)) })),
  ...FOLDERS.map((folder) => ({
    name: `${folder} is a link`,
    lay: (dataDir: string, victim: string) => symlinkSync(join(victim, 'inside'), join(dataDir, folder)),
  })),
  {
    name: 'a log is a link',
    lay: (dataDir, victim) => {
      mkdirSync(join(dataDir, 'logs'));
      symlinkSync(join(victim, 'words'), join(dataDir, 'logs', 'switchyard.2026-11-22.1.log'));
    },
  },
  { name: 'admin-token is a pipe', lay: (dataDir) => void spawnSync('mkfifo', [join(dataDir, 'admin-token')]) },
];

/** Created by user `nobody` before the first start of the desk. */
const owners: readonly Trap[] = [
  {
    name: 'the folder belongs to nobody',
    lay: (dataDir) => {
      writeFileSync(join(dataDir, 'admin-token'), `${KNOWN_TOKEN}\n`, { mode: 0o666 });
      for (const path of [join(dataDir, 'admin-token'), dataDir]) lchownSync(path, NOBODY, NOBODY);
    },
  },
  ...FILES.map((file) => ({
    name: `${file} belongs to nobody`,
    lay: (dataDir: string) => {
      writeFileSync(join(dataDir, file), file === 'admin-token' ? `${KNOWN_TOKEN}\n` : '');
      lchownSync(join(dataDir, file), NOBODY, NOBODY);
    },
  })),
  ...FOLDERS.map((folder) => ({
    name: `${folder} belongs to nobody`,
    lay: (dataDir: string) => {
      mkdirSync(join(dataDir, folder));
      lchownSync(join(dataDir, folder), NOBODY, NOBODY);
    },
  })),
  {
    name: 'others may write to the folder',
    lay: (dataDir) => {
      writeFileSync(join(dataDir, 'letter.txt'), '');
      chmodSync(dataDir, 0o777);
    },
  },
];

const isRoot = (): boolean => process.getuid?.() === 0;

/** Null if it can be run here. */
export const noOwners = (): string | null => (process.platform === 'win32' ? 'Windows has other owners and links' : null);

/** Without root, traps set by another user are skipped. @param most maximum number of traps, for the short form */
export const foreignFolder =
  (most = Number.POSITIVE_INFINITY) =>
  async (mutant?: string): Promise<Finding> => {
    const all = [...links, ...(isRoot() ? owners : [])];
    const step = Math.max(1, Math.floor(all.length / most));
    const traps = all.filter((_, nth) => nth % step === 0);
    const words: string[] = [];
    for (const trap of traps) words.push(...(await fallsInto(trap, mutant)));
    return {
      isSound: words.length === 0,
      figures: `${traps.length} traps in a data folder, each refused with exit code ${REFUSED}; nothing outside the folder was touched`,
      words,
    };
  };

async function fallsInto({ name, lay }: Trap, mutant?: string): Promise<string[]> {
  const outer = mkdtempSync(join(tmpdir(), 'switchyard-trap-'));
  chmodSync(outer, 0o755);
  try {
    const [dataDir, victim] = [join(outer, 'data'), join(outer, 'victim')];
    for (const folder of [dataDir, victim, join(victim, 'inside')]) mkdirSync(folder);
    writeFileSync(join(victim, 'words'), KNOWN_TOKEN);
    writeFileSync(join(victim, 'inside', 'exit.part'), 'of the victim'); // a file that a desk would delete in its own folder
    lay(dataDir, victim);
    const entry = mutant === undefined ? HOST_ENTRY : join(import.meta.dirname, 'mutants', mutant);
    const running = new Running(process.execPath, [entry, '--json', '--lang', 'en', '--port', '0', '--no-open', '--data-dir', dataDir], HOST_ENV);
    const started = await Promise.race([running.ready().then(() => true), running.ended.then(() => false)]).catch(() => false);
    if (started) running.child.kill('SIGKILL');
    const { code, stderr } = await running.ended;
    const words: string[] = [];
    if (started) words.push(`${name}: the host started`);
    else if (code !== REFUSED) words.push(`${name}: the host exited with ${code}: ${stderr.slice(0, 200)}`);
    else if (!stderr.includes(dataDir)) words.push(`${name}: the message does not name what was refused`);
    if (readFileSync(join(victim, 'words'), 'utf8') !== KNOWN_TOKEN) words.push(`${name}: the victim's file was written to`);
    if (!existsSync(join(victim, 'inside', 'exit.part'))) words.push(`${name}: the victim's folder was cleared`);
    return words;
  } finally {
    rmSync(outer, { recursive: true, force: true });
  }
}

/** Traps in a second folder receive no backup and supply none: a link in place of our subfolder, or in place of a file that will be written. */
export const foreignSecondFolder = (mutant?: string): Promise<Finding> =>
  onStage(mutant, async (stage) => {
    const words: string[] = [];
    const { dataDir } = stage.host;
    const share = join(dataDir, '..', 'share');
    const victim = join(dataDir, '..', 'victim');
    for (const folder of [share, victim]) mkdirSync(folder);
    writeFileSync(join(victim, 'exit.part'), 'of the victim');
    const { id } = JSON.parse(readFileSync(join(dataDir, 'installation.json'), 'utf8')) as { id: string };
    const own = join(share, `switchyard-${id}`);
    const set = () => askConsole<Result<null>>(stage.host, 'mutation', 'setSecondBackupFolder', { folder: share });
    const isTaken = (answer: object) => 'ok' in answer && answer.ok === true;
    const refuses = async (what: string) => {
      if (isTaken(await set())) words.push(`${what}: the folder was accepted`);
      if (!existsSync(join(victim, 'exit.part'))) words.push(`${what}: the victim's folder was cleared`);
      rmSync(own, { recursive: true, force: true });
    };
    symlinkSync(victim, own);
    await refuses('a link in place of our folder');
    if (isRoot()) {
      mkdirSync(own, { mode: 0o777 });
      lchownSync(own, NOBODY, NOBODY);
      await refuses("nobody's folder in place of ours");
    }
    return { isSound: words.length === 0, figures: 'a second folder with planted files or folders received no backup', words };
  });
