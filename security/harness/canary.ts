/** A person who must not appear in any log, and the search for it in the logs. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const canary = {
  phone: '8 (916) 111-22-33',
  email: 'Kukushka@canary.example',
  external_id: 'tg-canary-7741',
  name: 'Канарейкина Юлия',
  message: 'Секретное слово: одуванчик',
  attributes: { address: 'Вишнёвый проезд, 17' },
} as const;

/** The forms in which it is stored, logged or indexed. */
export const NEEDLES = ['9161112233', '111-22-33', 'kukushka', 'canary.example', 'tg-canary', 'Канарейкин', 'канарейкин', 'одуванчик', 'Вишнёвый'];

/** Traces of the person and of these secrets in the log files and the output of a host that has exited. */
export function leaks(logFolder: string, said: string, secrets: readonly string[]): string[] {
  const files = readdirSync(logFolder).map((name) => ({ name, text: readFileSync(join(logFolder, name), 'utf8') }));
  if (!files.some(({ text }) => text.includes('"started"'))) return ['the log is empty, so nothing could be found in it'];
  const found = [...files, { name: 'stderr', text: said }].flatMap(({ name, text }) =>
    [...NEEDLES, ...secrets].filter((needle) => text.toLowerCase().includes(needle.toLowerCase())).map((needle) => `${needle} in ${name}`),
  );
  return [...new Set(found)];
}
