import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { appFile } from './app-root.ts';

/** The time zone seen by a process started with this TZ. */
async function zoneWith(TZ: string | undefined): Promise<string> {
  const script = `import(${JSON.stringify(appFile('src-main', 'shells', 'time-zone.ts'))}).then(({ ownTimeZone }) => console.log(ownTimeZone(Date.now())))`;
  const { TZ: _, ...env } = process.env;
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], { env: TZ === undefined ? env : { ...env, TZ } });
  return stdout.trim();
}

test.each([
  ['Asia/Vladivostok', 'Asia/Vladivostok'],
  ['', 'UTC'],
  ['MSK-3', '+03:00'],
  ['UTC+4', '-04:00'],
])('TZ=%s is %s', async (TZ, zone) => {
  expect(await zoneWith(TZ)).toBe(zone);
  expect(() => new Intl.DateTimeFormat('en', { timeZone: zone })).not.toThrow();
});

test('a TZ that names the file of the zone is as good as none', async () => {
  expect(await zoneWith(':/etc/localtime')).toBe(await zoneWith(undefined));
});
