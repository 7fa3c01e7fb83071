import { expect, onTestFinished, test } from 'vitest';
import { addPersonKey, createPerson, invitePerson, people, removePerson, updatePerson } from '#engine/configuration/people.ts';
import { undoChange } from '#engine/configuration/undo-change.ts';
import { Desk, value } from '#engine/testing/desk.ts';
import type { PersonRole } from '#shared/contract/principal.ts';
import { proofOf } from '#shared/session-proof.ts';
import { KeptDesk } from '#vault/testing/keeper.ts';
import { Sessions } from './sessions.ts';
import { SignIn } from './sign-in.ts';
import { hashKey } from './source-keys.ts';

const ADMIN_TOKEN = 'the-admin-token-of-this-test';
const PASSWORD = 'верный конь батарея скрепка';
const FROM = { host: '127.0.0.1:8000', user_agent: 'Firefox', address: '127.0.0.1' };
const HOUR = 3_600_000;

function doors(desk: Desk | KeptDesk) {
  const sessions = new Sessions({ engine: desk.engine, now: () => desk.now, adminToken: ADMIN_TOKEN, log: () => {} });
  const signIn = new SignIn({ engine: desk.engine, sessions, now: () => desk.now, adminToken: ADMIN_TOKEN });
  const add = async (name: string, role: PersonRole = 'supervisor') => value(await desk.engine.write('admin', (write) => createPerson(write, { name, role })));
  return { sessions, signIn, add };
}

function scene() {
  const desk = new Desk();
  onTestFinished(() => desk.engine.close());
  const { sessions, signIn, add } = doors(desk);
  /** A person with a password. */
  const member = async (name: string, role?: PersonRole) => {
    const { person, token } = await add(name, role);
    return { person_id: person.id, ...value(await signIn.open({ invitation: token, password: PASSWORD }, FROM)) };
  };
  const tryIn = (name: string, password: string, more: { device?: string; address?: string } = {}) => {
    const { address = FROM.address, ...device } = more;
    return signIn.open({ name, password, ...device }, { ...FROM, address });
  };
  return { desk, sessions, signIn, add, member, tryIn };
}

const codeOf = (result: { ok: true } | { ok: false; problem: { code: string } }) => (result.ok ? 'signed in' : result.problem.code);
const isOpen = (sessions: Sessions, { id, secret }: { id: number; secret: string }) =>
  sessions.isOpenedBy(id, proofOf(secret, 'c', FROM.host), { challenge: 'c', host: FROM.host });

test('an invitation is accepted once, within a day, and opens a session of the person', async () => {
  const { desk, sessions, signIn, add } = scene();
  const { person, token } = await add('Анна');
  expect(signIn.invited(token)).toBe('Анна');
  const opened = value(await signIn.open({ invitation: token, password: PASSWORD }, FROM));
  expect(sessions.principalOf(opened.id)).toEqual({ actor: `person:${person.id}`, role: 'supervisor', source_id: null, operator_id: null });
  expect(isOpen(sessions, opened)).toBe(true);
  expect(signIn.invited(token)).toBeNull();
  expect(codeOf(await signIn.open({ invitation: token, password: PASSWORD }, FROM))).toBe('sign_in_failed');

  const late = await add('Борис');
  desk.now += 24 * HOUR;
  expect(signIn.invited(late.token)).toBeNull();
  expect(codeOf(await signIn.open({ invitation: late.token, password: PASSWORD }, FROM))).toBe('sign_in_failed');
});

test('a newer invitation replaces the older one; accepting it ends the sessions and the password from before', async () => {
  const { desk, sessions, signIn, member, tryIn } = scene();
  const anna = await member('Анна');
  const older = value(await desk.do((write) => invitePerson(write, anna.person_id))).token;
  const newer = value(await desk.do((write) => invitePerson(write, anna.person_id))).token;
  expect([signIn.invited(older), signIn.invited(newer)]).toEqual([null, 'Анна']);
  expect(codeOf(await tryIn('Анна', PASSWORD)), 'until then the password stays').toBe('signed in');
  value(await signIn.open({ invitation: newer, password: `${PASSWORD} 2` }, FROM));
  expect(isOpen(sessions, anna)).toBe(false);
  expect([codeOf(await tryIn('Анна', PASSWORD)), codeOf(await tryIn('Анна', `${PASSWORD} 2`))]).toEqual(['sign_in_failed', 'signed in']);
});

test('name and password open a session, the name however it is written; a wrong name, a wrong password and none at all give the same answer', async () => {
  const { member, tryIn, add } = scene();
  await member('Анна Петрова');
  await add('Борис');
  expect(codeOf(await tryIn('  анна  петрова', PASSWORD))).toBe('signed in');
  const refused = [await tryIn('Анна Петрова', 'не тот пароль'), await tryIn('Никто', PASSWORD), await tryIn('Борис', '')];
  expect(new Set(refused.map((one) => JSON.stringify(one))).size).toBe(1);
  expect(refused.map(codeOf)).toEqual(['sign_in_failed', 'sign_in_failed', 'sign_in_failed']);
});

test('guessing is slowed by name and by address, and the person is not locked out of a browser that is known', async () => {
  const { desk, member, tryIn } = scene();
  const { device } = await member('Анна');
  const guessed = [];
  for (let n = 0; n < 40; n++) guessed.push(codeOf(await tryIn('Анна', `догадка ${n}`, { address: '10.0.0.66' })));
  expect(guessed.filter((code) => code === 'sign_in_failed')).toHaveLength(5);
  expect(await tryIn('Анна', PASSWORD, { address: '10.0.0.66' }), 'not even the right one is tried').toMatchObject({
    problem: { code: 'rate_limited', params: { retry_after_s: 1 } },
  });
  expect(codeOf(await tryIn('Борис', 'догадка', { address: '10.0.0.66' })), 'other names from there wait, too').toBe('rate_limited');
  expect(codeOf(await tryIn('Анна', PASSWORD, { address: '10.0.0.66', device }))).toBe('signed in');
  expect(codeOf(await tryIn('Анна', PASSWORD, { address: '10.0.0.66', device: `${device.slice(0, -1)}${device.endsWith('A') ? 'B' : 'A'}` }))).toBe(
    'rate_limited',
  );
  desk.now += 1000;
  expect(codeOf(await tryIn('Анна', PASSWORD, { address: '10.0.0.7' })), 'who waits gets in from anywhere').toBe('signed in');
});

test('a known browser is no way to guess without limit, nor a way in as somebody else', async () => {
  const { member, tryIn } = scene();
  const { device } = await member('Анна');
  await member('Борис');
  const guessed = [];
  for (let n = 0; n < 8; n++) guessed.push(codeOf(await tryIn('Анна', `догадка ${n}`, { device })));
  expect(guessed.filter((code) => code === 'sign_in_failed')).toHaveLength(5);
  for (let n = 0; n < 6; n++) await tryIn('Борис', `догадка ${n}`, { device, address: '10.0.0.5' });
  expect(codeOf(await tryIn('Борис', 'догадка', { address: '10.0.0.6' })), 'the device of another person counts for nothing').toBe('rate_limited');
});

test('guesses sent at once are counted before the next one is tried', async () => {
  const { member, tryIn } = scene();
  await member('Анна');
  const all = await Promise.all(Array.from({ length: 20 }, (_, n) => tryIn('Анна', `догадка ${n}`)));
  expect(all.map(codeOf).filter((code) => code === 'sign_in_failed')).toHaveLength(5);
});

test('who signs in faster than passwords are hashed is told to try again', async () => {
  const { member, tryIn } = scene();
  await member('Анна');
  const all = await Promise.all(Array.from({ length: 30 }, (_, n) => tryIn(`имя ${n}`, 'догадка', { address: `10.0.1.${n}` })));
  expect(all.map(codeOf).filter((code) => code === 'overloaded')).toHaveLength(10);
});

test('a changed role changes what open sessions may do, and their consoles connect again', async () => {
  const { desk, sessions, member } = scene();
  const anna = await member('Анна');
  const told: string[] = [];
  sessions.attach(anna.id, (why) => told.push(why));
  value(await desk.do((write) => updatePerson(write, anna.person_id, { name: 'Анна П.' })));
  expect(told, 'a new name changes no rights').toEqual([]);
  value(await desk.do((write) => updatePerson(write, anna.person_id, { role: 'administrator' })));
  expect(told).toEqual(['changed']);
  expect(sessions.principalOf(anna.id).role).toBe('administrator');
});

test('who is removed is out at once: sessions, keys, password and invitation; undoing it brings back name and role only', async () => {
  const { desk, sessions, signIn, member, tryIn } = scene();
  const anna = await member('Анна');
  const { key } = value(await desk.do((write) => addPersonKey(write, anna.person_id)));
  const { token } = value(await desk.do((write) => invitePerson(write, anna.person_id)));
  expect(desk.engine.personOfKey(hashKey(key))).toEqual({ id: anna.person_id, role: 'supervisor', operator_id: null });
  const told: string[] = [];
  sessions.attach(anna.id, (why) => told.push(why));
  value(await desk.do((write) => removePerson(write, anna.person_id)));
  expect(told).toEqual(['ended']);
  const closed = async () => [isOpen(sessions, anna), desk.engine.personOfKey(hashKey(key)), signIn.invited(token), codeOf(await tryIn('Анна', PASSWORD))];
  expect(await closed()).toEqual([false, undefined, null, 'sign_in_failed']);
  const { revision } = desk.engine.board();
  value(await desk.do((write) => undoChange(write, revision)));
  expect(people(desk.engine.read)).toMatchObject([
    { id: anna.person_id, name: 'Анна', role: 'supervisor', has_password: false, invited_until: null, keys: [] },
  ]);
  expect(await closed()).toEqual([false, undefined, null, 'sign_in_failed']);
});

test('sessions of people survive a restart, and end with the admin token', async () => {
  const { desk, member } = scene();
  const anna = await member('Анна');
  await desk.do(() => ({ ok: true, value: null }));
  const restarted = doors(desk).sessions;
  expect([isOpen(restarted, anna), restarted.principalOf(anna.id).actor]).toEqual([true, `person:${anna.person_id}`]);
  const others = new Sessions({ engine: desk.engine, now: () => desk.now, adminToken: 'another-token-of-this-test', log: () => {} });
  expect(isOpen(others, anna)).toBe(false);
});

test('neither password, nor key, nor token is in the database or in the journal', async () => {
  const { desk, add, signIn } = scene();
  const { person, token } = await add('Анна');
  const { secret, device } = value(await signIn.open({ invitation: token, password: PASSWORD }, FROM));
  const { key } = value(await desk.do((write) => addPersonKey(write, person.id)));
  const stored = JSON.stringify([
    desk.rows('SELECT id, name, hex(password) AS password, hex(invitation) AS invitation FROM people'),
    desk.rows('SELECT hex(hash) AS hash, hint FROM person_keys'),
    desk.rows('SELECT data FROM journal'),
    desk.rows('SELECT hex(hash) AS hash FROM sessions'),
  ]);
  for (const one of [PASSWORD, Buffer.from(PASSWORD).toString('hex').toUpperCase(), token, key, secret, secret.toUpperCase(), device])
    expect(stored).not.toContain(one);
});

test('a restore revives no password, key, invitation or session that ended since the backup', async () => {
  const desk = await (await KeptDesk.open()).filled();
  const { sessions, signIn, add } = doors(desk);
  const [gone, changed, stays] = [await add('Анна'), await add('Борис'), await add('Вера')];
  const opened = [];
  for (const { token } of [gone, changed, stays]) opened.push(value(await signIn.open({ invitation: token, password: PASSWORD }, FROM)));
  const keyOf = async (id: number) => hashKey(value(await desk.engine.write('admin', (write) => addPersonKey(write, id))).key);
  const [goneKey, staysKey] = [await keyOf(gone.person.id), await keyOf(stays.person.id)];
  const pending = value(await desk.engine.write('admin', (write) => invitePerson(write, changed.person.id))).token;
  const backup = value(await desk.keeper.backUpNow());
  value(await signIn.open({ invitation: pending, password: `${PASSWORD} 2` }, FROM));
  value(await desk.engine.write('admin', (write) => removePerson(write, gone.person.id)));
  value(await desk.keeper.restore('console', { name: backup.name }));

  expect(people(desk.engine.read).map(({ name, has_password }) => [name, has_password])).toEqual([
    ['Анна', false],
    ['Борис', false],
    ['Вера', true],
  ]);
  expect([desk.engine.personOfKey(goneKey), desk.engine.personOfKey(staysKey)?.id]).toEqual([undefined, stays.person.id]);
  expect(signIn.invited(pending)).toBeNull();
  const tried = [];
  for (const name of ['Анна', 'Борис', 'Вера']) tried.push(codeOf(await signIn.open({ name, password: PASSWORD }, FROM)));
  expect(tried).toEqual(['sign_in_failed', 'sign_in_failed', 'signed in']);
  const [annas, , veras] = opened;
  expect([annas && isOpen(sessions, annas), veras && isOpen(sessions, veras)]).toEqual([false, true]);
});
