import { expect, test } from 'vitest';
import { isPassword, storedPassword } from './passwords.ts';

const PASSWORD = 'четыре слова без знаков';

test('a password is recognised by what is stored of it, and no other one is', async () => {
  const stored = await storedPassword(PASSWORD);
  expect(await isPassword(PASSWORD, stored)).toBe(true);
  for (const other of ['', PASSWORD.slice(1), `${PASSWORD} `, PASSWORD.toUpperCase()]) expect(await isPassword(other, stored)).toBe(false);
});

test('what is stored is salted, and does not contain the password', async () => {
  const [one, two] = [await storedPassword(PASSWORD), await storedPassword(PASSWORD)];
  expect(one.equals(two)).toBe(false);
  expect(one.includes(Buffer.from(PASSWORD))).toBe(false);
});

test('the same characters are the same password, however the keyboard composes them', async () => {
  expect(await isPassword('Ёлка й ﬁ в лесу'.normalize('NFD'), await storedPassword('Ёлка й fi в лесу'))).toBe(true);
});

test('nobody has a password that was never chosen, and one of another version is none', async () => {
  expect(await isPassword('', null)).toBe(false);
  const stored = await storedPassword(PASSWORD);
  stored[0] = 2;
  expect(await isPassword(PASSWORD, stored)).toBe(false);
});
