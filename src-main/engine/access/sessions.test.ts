import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Desk, value } from '#engine/testing/desk.ts';
import { proofOf } from '#shared/session-proof.ts';
import { folder } from '#store/testing/folder.ts';
import { KeptDesk } from '#vault/testing/keeper.ts';
import { type OpenedSession, Sessions } from './sessions.ts';

const ORIGIN = 'http://127.0.0.1:8000';
const ASKED = { challenge: 'c', host: '127.0.0.1:8000' };
const BROWSER = { host: ASKED.host, user_agent: 'Firefox' };
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

function sessionsOf(desk: Desk, adminToken = 'the-admin-token-of-this-test'): Sessions {
  return new Sessions({ engine: desk.engine, now: () => desk.now, adminToken, log: () => {} });
}

/** Resolves after all commands submitted before. */
const settled = (desk: Desk) => desk.do(() => ({ ok: true, value: null }));

function scene() {
  const file = join(folder(), 'desk.db');
  const desk = new Desk({ file });
  onTestFinished(() => desk.engine.close());
  return { desk, file, sessions: sessionsOf(desk) };
}

const tokenOf = (sessions: Sessions, options?: Parameters<Sessions['link']>[1]) => sessions.link(ORIGIN, options).url.slice(`${ORIGIN}/console/?token=`.length);

function opened(sessions: Sessions, options?: Parameters<Sessions['link']>[1]): OpenedSession {
  const session = sessions.open(tokenOf(sessions, options), BROWSER);
  if (!session) throw new Error('the link opened nothing');
  return session;
}

const isOpen = (sessions: Sessions, { id, secret }: OpenedSession) => sessions.isOpenedBy(id, proofOf(secret, ASKED.challenge, ASKED.host), ASKED);

test('a link opens a session once, within five minutes, and nothing else does', () => {
  const { desk, sessions } = scene();
  const token = tokenOf(sessions);
  expect(token).toMatch(/^[\w-]{43}$/);
  expect(sessions.open('', BROWSER)).toBeNull();
  expect(sessions.open(token.slice(1), BROWSER)).toBeNull();
  expect(sessions.open(token, BROWSER)).not.toBeNull();
  expect(sessions.open(token, BROWSER)).toBeNull();
  const late = tokenOf(sessions);
  desk.now += 5 * MINUTE;
  expect(sessions.open(late, BROWSER)).toBeNull();
});

test('the creator of a link is notified when it is followed, and only then', () => {
  const { sessions } = scene();
  let followed = 0;
  const token = tokenOf(sessions, { onOpened: () => (followed += 1) });
  sessions.open('another', BROWSER);
  expect(followed).toBe(0);
  sessions.open(token, BROWSER);
  sessions.open(token, BROWSER);
  expect(followed).toBe(1);
});

test('a session is proved by its own secret, for the given challenge and address', () => {
  const { sessions } = scene();
  const [one, two] = [opened(sessions), opened(sessions)];
  expect(isOpen(sessions, one)).toBe(true);
  expect(sessions.isOpenedBy(two.id, proofOf(one.secret, ASKED.challenge, ASKED.host), ASKED)).toBe(false);
  expect(sessions.isOpenedBy(99, proofOf(one.secret, ASKED.challenge, ASKED.host), ASKED)).toBe(false);
  const proof = proofOf(one.secret, ASKED.challenge, ASKED.host);
  expect(sessions.isOpenedBy(one.id, proof, { ...ASKED, challenge: 'd' })).toBe(false);
  expect(sessions.isOpenedBy(one.id, proof, { ...ASKED, host: '127.0.0.1:8001' })).toBe(false);
  const elsewhere = { ...ASKED, host: '127.0.0.1:8001' };
  expect(sessions.isOpenedBy(one.id, proofOf(one.secret, ASKED.challenge, elsewhere.host), elsewhere), 'it is good for the address that it was opened at').toBe(
    false,
  );
});

test('the database stores a hash of the secret, nothing that opens the console, and nothing is journalled', async () => {
  const { desk, sessions } = scene();
  const { revision } = desk.engine.board();
  const { id, secret } = opened(sessions);
  await settled(desk);
  const [row] = desk.rows<{ id: number; hash: Buffer; user_agent: string; created_at: number }>('SELECT * FROM sessions');
  expect(row).toMatchObject({ id, user_agent: 'Firefox', created_at: desk.now });
  expect(row?.hash).toHaveLength(32);
  expect(JSON.stringify(desk.rows('SELECT id, hex(hash) AS hash, hex(admin_token) AS admin_token, user_agent FROM sessions')).toLowerCase()).not.toContain(
    secret,
  );
  expect(sessions.isOpenedBy(id, row?.hash.toString('hex') ?? '', ASKED)).toBe(false);
  expect(desk.engine.board().revision).toBe(revision);
});

test('a session survives a restart, and ends when the admin token changes', async () => {
  const { desk, sessions } = scene();
  const session = opened(sessions);
  await settled(desk);
  expect(isOpen(sessionsOf(desk), session)).toBe(true);
  const others = sessionsOf(desk, 'a-new-admin-token-of-this-test');
  expect(isOpen(others, session)).toBe(false);
  others.tick();
  await settled(desk);
  expect(desk.rows('SELECT id FROM sessions')).toEqual([]);
  expect(isOpen(sessionsOf(desk), session), 'nor does the old token bring it back').toBe(false);
});

test('ending a session closes its consoles at once, permanently', async () => {
  const { desk, sessions } = scene();
  const [one, two] = [opened(sessions), opened(sessions)];
  const closed: number[] = [];
  sessions.attach(one.id, () => closed.push(one.id));
  sessions.attach(two.id, () => closed.push(two.id));
  expect(await sessions.end(one.id)).toEqual({ ok: true, value: null });
  expect(closed).toEqual([one.id]);
  expect([isOpen(sessions, one), isOpen(sessions, two)]).toEqual([false, true]);
  expect(sessions.list().map(({ id }) => id)).toEqual([two.id]);
  expect(await sessions.end(one.id)).toMatchObject({ ok: false, problem: { code: 'not_found' } });
  const again = sessionsOf(desk);
  expect([isOpen(again, one), isOpen(again, two)]).toEqual([false, true]);
});

test('a session ends after a week without use, and thirty days after it was opened; an open console counts as use', () => {
  const { desk, sessions } = scene();
  const [unused, used] = [opened(sessions), opened(sessions)];
  let closed = false;
  sessions.attach(used.id, () => {
    closed = true;
  });
  desk.now += 7 * DAY - 1;
  expect([isOpen(sessions, unused), isOpen(sessions, used)]).toEqual([true, true]);
  desk.now += 1;
  sessions.tick();
  expect([isOpen(sessions, unused), isOpen(sessions, used)]).toEqual([false, true]);
  desk.now += 23 * DAY - 1;
  sessions.tick();
  expect([isOpen(sessions, used), closed]).toEqual([true, false]);
  desk.now += 1;
  sessions.tick();
  expect([isOpen(sessions, used), closed, sessions.list()]).toEqual([false, true, []]);
});

test('the list shows who has a console open, when it was last used, and when it ends', () => {
  const { desk, sessions } = scene();
  const { id } = opened(sessions);
  const detach = sessions.attach(id, () => {});
  desk.now += DAY;
  const shown = {
    id,
    person_id: null,
    person: null,
    user_agent: 'Firefox',
    created_at: '2026-11-22T09:15:00.000Z',
    last_used_at: '2026-11-23T09:15:00.000Z',
    expires_at: '2026-11-30T09:15:00.000Z',
  };
  expect(sessions.list()).toEqual([{ ...shown, consoles: 1 }]);
  detach();
  desk.now += DAY;
  expect(sessions.list()).toEqual([{ ...shown, consoles: 0 }]);
});

test('the time of last use is written within the hour, and at exit', async () => {
  const { desk, sessions } = scene();
  const { id } = opened(sessions);
  const written = async () => {
    await settled(desk);
    return desk.rows<{ last_used_at: number }>('SELECT last_used_at FROM sessions')[0]?.last_used_at;
  };
  const began = desk.now;
  const detach = sessions.attach(id, () => {});
  desk.now += 59 * MINUTE;
  sessions.tick();
  expect(await written()).toBe(began);
  desk.now += MINUTE;
  sessions.tick();
  expect(await written()).toBe(desk.now);
  desk.now += MINUTE;
  detach();
  await sessions.close();
  expect(await written()).toBe(desk.now);
});

test('the session of a page being printed is neither listed nor stored, and ends with its console', async () => {
  const { desk, sessions } = scene();
  const passing = opened(sessions, { passing: true });
  await settled(desk);
  expect([isOpen(sessions, passing), sessions.list(), desk.rows('SELECT id FROM sessions')]).toEqual([true, [], []]);
  expect((await sessions.end(passing.id)).ok).toBe(false);
  sessions.attach(passing.id, () => {})();
  expect(isOpen(sessions, passing)).toBe(false);
  const late = opened(sessions, { passing: true });
  desk.now += 10 * MINUTE;
  expect(isOpen(sessions, late)).toBe(false);
});

test('a restore brings back no session that was ended since, and keeps the present ones', async () => {
  const desk = await (await KeptDesk.open()).filled();
  const sessions = sessionsOf(desk);
  const [stolen, ours] = [opened(sessions), opened(sessions)];
  await settled(desk);
  const backup = value(await desk.keeper.backUpNow());
  await sessions.end(stolen.id);
  value(await desk.keeper.restore('console', { name: backup.name }));
  await settled(desk);
  expect([isOpen(sessions, stolen), isOpen(sessions, ours)]).toEqual([false, true]);
  expect(desk.rows<{ id: number }>('SELECT id FROM sessions').map(({ id }) => id)).toEqual([ours.id]);
  const restarted = sessionsOf(desk);
  expect([isOpen(restarted, stolen), isOpen(restarted, ours)]).toEqual([false, true]);
});

test('while the database accepts no writes a link still opens the console; the session is written as soon as possible', async () => {
  const { desk, file, sessions } = scene();
  const { default: Database } = await import('better-sqlite3');
  const holder = new Database(file);
  holder.exec('BEGIN IMMEDIATE');
  const session = opened(sessions);
  await settled(desk).catch(() => undefined);
  expect(isOpen(sessions, session)).toBe(true);
  await expect(sessions.end(session.id), 'an end that is not written is none').rejects.toThrow();
  expect(isOpen(sessions, session)).toBe(true);
  holder.exec('ROLLBACK');
  holder.close();
  await expect
    .poll(async () => {
      sessions.tick();
      await settled(desk).catch(() => undefined);
      return desk.rows('SELECT id FROM sessions');
    })
    .toEqual([{ id: session.id }]);
});
