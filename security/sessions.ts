/** Who can open a console: the first to follow a link, while the session lasts. Used links and ended sessions open nothing. */

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { WebSocket } from 'ws';
import type { Session } from '#shared/contract/entities.ts';
import type { Result } from '#shared/contract/problems.ts';
import { type Hello, NO_SESSION } from '#shared/contract/sessions.ts';
import { proofOf } from '#shared/session-proof.ts';
import { askConsole, type BrowserSession, newConsoleLink, openConsoleSocket, openSession } from '#shells/testing/ask-console.ts';
import type { Finding } from '../faults/harness/verdict.ts';
import { exchange, requestOf } from './harness/raw.ts';
import { onStage, type Stage } from './harness/stage.ts';

export const consoleSessions = (mutant?: string): Promise<Finding> =>
  onStage(mutant, async (stage) => {
    const words: string[] = [];
    const { host } = stage;
    let tried = 0;
    const opens = async (session: BrowserSession, wanted: boolean, what: string) => {
      tried += 1;
      const isOpen = await connects(stage, session);
      if (isOpen !== wanted) words.push(`${what}: ${isOpen ? 'let in' : 'shut out'}`);
    };
    const opened = async (link?: string) => {
      const session = await openSession(link ?? (await newConsoleLink(host)));
      stage.secrets.push(session.secret);
      return session;
    };

    const ours = await opened(host.consoleUrl);
    await opens(ours, true, 'the first to follow a link');
    for (let n = 0; n < 3; n++) {
      tried += 1;
      const { status, headers } = await fetch(host.consoleUrl, { redirect: 'manual' });
      if (status !== 403 || headers.has('set-cookie')) words.push(`a used link was answered ${status}`);
    }

    const [stored = { id: 0, hash: '' }] = storedIn(stage, ours.id);
    await opens({ id: stored.id, secret: stored.hash }, false, 'the hash in the database');
    await opens({ id: ours.id, secret: '0'.repeat(64) }, false, 'a guess');
    tried += 2;
    if (await connects(stage, ours, (challenge) => proofOf(ours.secret, challenge, `127.0.0.1:${stage.port + 1}`)))
      words.push('a proof given to a program on another port: let in');
    let heard = '';
    await connects(stage, ours, (challenge) => (heard = proofOf(ours.secret, challenge, `127.0.0.1:${stage.port}`)));
    if (await connects(stage, ours, () => heard)) words.push('an overheard proof: let in');

    const stolen = await opened();
    const backup = await askConsole<Result<{ name: string }>>(host, 'mutation', 'backUpNow');
    if (!backup.ok) throw new Error('no backup was made');
    const socket = await openConsoleSocket(stage.apiUrl, stolen);
    const closed = new Promise<number>((resolve) => {
      socket.once('close', resolve);
    });
    await admin(stage, 'DELETE', `/sessions/${stolen.id}`);
    if ((await closed) !== NO_SESSION) words.push('the console of an ended session continued');
    await opens(stolen, false, 'an ended session');
    const restored = await askConsole<Result<unknown>>(host, 'mutation', 'restoreBackup', { name: backup.value.name });
    if (!restored.ok) words.push('the backup could not be restored');
    await opens(stolen, false, 'an ended session, after a restore');
    await opens(ours, true, 'a current session, after a restore');
    await restart(stage);
    await opens(stolen, false, 'an ended session, after a restart');
    await opens(ours, true, 'a current session, after a restart');
    const listed = (await admin(stage, 'GET', '/sessions')) as { items: Session[] };
    if (!listed.items.some(({ id }) => id === ours.id)) words.push('a working session is not listed');

    stage.secrets.push(host.adminToken);
    rmSync(join(host.dataDir, 'admin-token'));
    await restart(stage);
    await opens(ours, false, 'a session of the previous admin token');
    return { isSound: words.length === 0, figures: `${tried} attempts with links, sessions and proofs, valid and not`, words };
  });

/** A program on another port can make a browser send any cookies. */
export const cookies = (mutant?: string): Promise<Finding> =>
  onStage(mutant, async (stage) => {
    const words: string[] = [];
    const session = await openSession(await newConsoleLink(stage.host));
    const theirs = [`switchyard_${stage.port}=stranger`, ...Array.from({ length: 3 }, (_, n) => `bomb${n}=${'x'.repeat(4000)}`)].join('; ');
    for (const target of ['GET /console/', 'GET /health']) {
      const { status } = await exchange(stage.apiUrl, requestOf(target, [`Host: 127.0.0.1:${stage.port}`, `Cookie: ${theirs}`]));
      if (status !== 200) words.push(`${target} with 12 KB of cookies was answered ${status}`);
    }
    await openConsoleSocket(stage.apiUrl, session, { cookie: theirs }).then(
      (socket) => socket.terminate(),
      (error: unknown) => words.push(`the console with 12 KB of cookies: ${String(error)}`),
    );
    const many = await exchange(stage.apiUrl, requestOf('GET /console/', [`Host: 127.0.0.1:${stage.port}`, `Cookie: ${'a=b; '.repeat(140_000)}`]));
    if (!many.text.includes('Clear-Site-Data: "cookies"')) words.push(`a browser with 700 KB of cookies is not told to clear them: ${many.status}`);
    return { isSound: words.length === 0, figures: 'page, API and console with 12 KB of cookies from another port, and the page with 700 KB', words };
  });

/** Whether the host accepts this answer to its challenge. */
async function connects({ apiUrl }: Stage, { id, secret }: BrowserSession, answer?: (challenge: string) => string): Promise<boolean> {
  const { host, origin } = new URL(apiUrl);
  const socket = new WebSocket(`ws://${host}/console/ws`, { headers: { origin } });
  const isOpen = await new Promise<boolean>((resolve) => {
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
    socket.once('message', (data: Buffer) => {
      const { challenge } = JSON.parse(data.toString('utf8')) as { challenge: string };
      const proof = answer ? answer(challenge) : proofOf(secret, challenge, host);
      socket.send(JSON.stringify({ session: id, proof } satisfies Hello));
      socket.once('message', () => resolve(true));
    });
  });
  socket.terminate();
  return isOpen;
}

function storedIn({ host }: Stage, id: number): { id: number; hash: string }[] {
  const db = new Database(host.database, { readonly: true });
  try {
    return db.prepare<[number], { id: number; hash: string }>('SELECT id, lower(hex(hash)) AS hash FROM sessions WHERE id = ?').all(id);
  } finally {
    db.close();
  }
}

async function admin({ host }: Stage, method: string, path: string): Promise<unknown> {
  const answer = await fetch(host.apiUrl + path, { method, headers: { authorization: `Bearer ${host.adminToken}` } });
  if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}`);
  return answer.status === 204 ? null : await answer.json();
}

async function restart({ host }: Stage): Promise<void> {
  await host.end('SIGTERM');
  await host.start();
}
