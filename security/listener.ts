/** Who can reach the port, and what else another user of the machine can try. */
import { execFile, spawnSync } from 'node:child_process';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Finding } from '../faults/harness/verdict.ts';
import { onStage, type Stage } from './harness/stage.ts';

const NOBODY = 65_534;
const LOOPBACKS = ['127.0.0.1', '::1'];

/** Null if the experiments with another user and another network can be run; otherwise the reason why not. */
export function noRoot(): string | null {
  if (process.platform !== 'linux') return 'needs Linux';
  if (process.getuid?.() !== 0) return 'needs root, to act as another user and in another network';
  return spawnSync('unshare', ['--net', 'true']).status === 0 ? null : 'needs network namespaces';
}

/** The host listens on loopback only, and is not reachable from the network. */
export const listensToOurselves = (mutant?: string): Promise<Finding> =>
  onStage(mutant, async (stage) => {
    const words: string[] = [];
    const addresses = listening(stage.host.pid, stage.port);
    if (addresses.toSorted().join() !== LOOPBACKS.join()) words.push(`listens on ${addresses.join(' and ') || 'nothing'}`);
    const outer = Object.values(networkInterfaces()).flatMap((list = []) =>
      list.filter(({ internal, scopeid }) => !internal && !scopeid).map(({ address }) => address),
    );
    for (const address of ['127.0.0.2', ...outer]) if (await reaches(address, stage.port)) words.push(`can be reached at ${address}`);
    return {
      isSound: words.length === 0,
      figures: `listens on ${addresses.join(' and ')}; tried 127.0.0.2${outer.length > 0 ? ` and ${outer.join(', ')}` : ''}`,
      words,
    };
  });

/** @returns addresses of the process's listening sockets with this port */
function listening(pid: number, port: number): string[] {
  const own = new Set(readdirSync(`/proc/${pid}/fd`).map((fd) => inodeOf(`/proc/${pid}/fd/${fd}`)));
  return ['tcp', 'tcp6'].flatMap((family) =>
    readFileSync(`/proc/${pid}/net/${family}`, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter(([, local = '', , state, , , , , , inode = '']) => state === '0A' && own.has(inode) && Number.parseInt(local.split(':')[1] ?? '', 16) === port)
      .map(([, local = '']) => addressOf(local.split(':')[0] ?? '')),
  );
}

function inodeOf(path: string): string {
  try {
    return /^socket:\[(\d+)\]$/.exec(readlinkSync(path))?.[1] ?? '';
  } catch {
    return ''; // closed in the meantime
  }
}

/** In the format of /proc: words of four bytes, last byte first. */
function addressOf(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) => (word.match(/../g) ?? []).toReversed().map((byte) => Number.parseInt(byte, 16)));
  if (bytes.length === 4) return bytes.join('.');
  return bytes.every((byte, i) => byte === (i === 15 ? 1 : 0)) ? '::1' : `[${hex}]`;
}

const reaches = (address: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: address, port });
    const answer = (reached: boolean) => () => {
      socket.destroy();
      resolve(reached);
    };
    socket.setTimeout(2000, answer(false)).on('connect', answer(true)).on('error', answer(false));
  });

/** What such a program finds out and prints as JSON. */
const BURGLAR = `
  const [apiUrl, dataDir] = process.argv.slice(1);
  const { readdirSync, readFileSync, writeFileSync } = require('node:fs');
  const tried = {};
  const attempt = (name, run) => { try { run(); tried[name] = 'done'; } catch (error) { tried[name] = error.code; } };
  attempt('list the data folder', () => readdirSync(dataDir));
  for (const name of ['admin-token', 'switchyard.db', 'host.json']) attempt('read ' + name, () => readFileSync(dataDir + '/' + name));
  attempt('create a file in it', () => writeFileSync(dataDir + '/x', ''));
  const call = (name, path, init) => fetch(apiUrl + path, init).then((response) => { tried[name] = response.status; }, (error) => { tried[name] = error.cause?.code ?? 'nothing'; });
  Promise.all([
    call('read contacts', '/contacts'),
    call('submit a contact', '/contacts', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"external_id":"nobody"}' }),
    call('open the console', '/console/?token=guess'),
  ]).then(() => console.log(JSON.stringify(tried)));
`;

/** By attempt: the HTTP status, the system error, or `done`. */
type Loot = Readonly<Record<string, number | string>>;

const OTHER_USER: Loot = {
  'list the data folder': 'EACCES',
  'read admin-token': 'EACCES',
  'read switchyard.db': 'EACCES',
  'read host.json': 'EACCES',
  'create a file in it': 'EACCES',
  'read contacts': 401,
  'submit a contact': 401,
  'open the console': 403,
};

/** Another user of the machine, who shares only the loopback address. */
export const otherUser = (mutant?: string): Promise<Finding> =>
  onStage(mutant, async (stage) => {
    const words = differences(await burgle(stage, [], { uid: NOBODY, gid: NOBODY }), OTHER_USER);
    return { isSound: words.length === 0, figures: `${Object.keys(OTHER_USER).length} attempts of user nobody`, words };
  });

/** Another network namespace, such as a container: its own loopback address has no listener. */
export const otherNetwork = (mutant?: string): Promise<Finding> =>
  onStage(mutant, async (stage) => {
    const tried = await burgle(stage, ['unshare', '--net'], {});
    const words = Object.entries(tried)
      .filter(([name, got]) => ['read contacts', 'submit a contact', 'open the console'].includes(name) && typeof got === 'number')
      .map(([name, got]) => `another network could ${name}: ${got}`);
    return { isSound: words.length === 0 && Object.keys(tried).length > 0, figures: `3 attempts from another network: ${tried['read contacts']}`, words };
  });

async function burgle(stage: Stage, under: readonly string[], as: { uid?: number; gid?: number }): Promise<Loot> {
  const run = [...under, process.execPath, '-e', BURGLAR, stage.apiUrl, stage.host.dataDir];
  const { stdout } = await promisify(execFile)(run[0] ?? '', run.slice(1), { ...as, cwd: '/', env: { PATH: process.env.PATH ?? '' } });
  return JSON.parse(stdout) as Loot;
}

const differences = (got: Loot, expected: Loot): string[] =>
  Object.keys(expected)
    .filter((name) => got[name] !== expected[name])
    .map((name) => `${name}: ${got[name]} instead of ${expected[name]}`);

const MOST_EXITS = 5;

/** Folders (0700) and files (0600) are accessible to their owner only: database, log, token, backups, everything that a complete run leaves. */
export const ownersAlone = (mutant?: string): Promise<Finding> =>
  onStage(mutant, async (stage) => {
    const { dataDir } = stage.host;
    const running = strangersMay(dataDir);
    const hasBackup = () => everythingIn(dataDir).some((path) => path.startsWith(join(dataDir, 'backups/')));
    for (let nth = 0; nth < MOST_EXITS && !hasBackup(); nth++) {
      await stage.host.end('SIGTERM'); // exit makes a backup, unless that takes too long on a busy machine
      await stage.host.start();
    }
    const words = [...new Set([...running, ...strangersMay(dataDir)])];
    const files = everythingIn(dataDir);
    for (const kind of ['switchyard.db', 'switchyard.db-wal', 'admin-token', 'backups/', 'logs/', 'host.json'])
      if (!files.some((path) => path.startsWith(join(dataDir, kind)))) words.push(`there is no ${kind} to check`);
    return { isSound: words.length === 0, figures: `${files.length} files and folders`, words };
  });

const everythingIn = (folder: string): string[] => [folder, ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))];

const strangersMay = (folder: string): string[] =>
  everythingIn(folder).flatMap((path) => {
    const stat = lstatSync(path, { throwIfNoEntry: false }); // a running host deletes some of its files
    if (!stat || (stat.mode & 0o777) === (stat.isDirectory() ? 0o700 : 0o600)) return [];
    return `${path.slice(folder.length) || 'the data folder'} has mode ${(stat.mode & 0o777).toString(8)}`;
  });
