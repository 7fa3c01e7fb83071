/** `npm start` where no window is possible: it says why in one line, and runs headless. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { appFile } from '#shells/app-root.ts';
import { Running, temporaryDataDir } from '#shells/testing/host-process.ts';

const start = appFile('scripts', 'start.mjs');

const obstacles: [string, Record<string, string>, RegExp][] = [
  ['there is no display', { DISPLAY: '', WAYLAND_DISPLAY: '' }, /no display/],
  ['the user is root and the sandbox is on', { DISPLAY: ':99', ELECTRON_DISABLE_SANDBOX: '' }, /root/],
  ['Electron is missing', { DISPLAY: ':99', ELECTRON_DISABLE_SANDBOX: '1', ELECTRON_OVERRIDE_DIST_PATH: '/nowhere' }, /binary is missing/],
];
for (const [name, env, reason] of obstacles)
  test(`starts headless when ${name}, and passes signals and the exit code through`, async () => {
    test.skip(process.platform !== 'linux', 'these obstacles are of Linux');
    test.skip(name.includes('root') && process.getuid?.() !== 0, 'only root meets it');
    const dataDir = temporaryDataDir();
    const running = new Running(process.execPath, [start, '--json', '--lang', 'en', '--port', '0', '--data-dir', dataDir], env);
    const ready = await running.ready();
    expect((await fetch(`${ready.apiUrl}/health`)).status).toBe(200);
    const { code, stdout, stderr } = await running.stop();
    rmSync(join(dataDir, '..'), { recursive: true, force: true });
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    // after a change of the sources it builds them first and logs it
    const said = stderr.split('\n').filter((line) => line.includes('Starting headless.'));
    expect(said).toEqual([expect.stringMatching(reason)]);
  });

test('says so in the language of --lang', async () => {
  test.skip(process.platform !== 'linux', 'a display can be missing on Linux only');
  for (const lang of [['--lang', 'ru'], ['--lang=ru']]) {
    const dataDir = temporaryDataDir();
    const running = new Running(process.execPath, [start, '--json', ...lang, '--port', '0', '--data-dir', dataDir], {
      DISPLAY: '',
      WAYLAND_DISPLAY: '',
      LC_ALL: 'en_US.UTF-8',
    });
    await running.ready();
    const { stderr } = await running.stop();
    rmSync(join(dataDir, '..'), { recursive: true, force: true });
    expect(stderr.split('\n').filter((line) => line !== '' && line !== 'Сборка…')).toEqual([
      'Без окна: нет экрана (ни DISPLAY, ни WAYLAND_DISPLAY не заданы). Продолжаю с пультом в браузере.',
    ]);
  }
});

test('a signal to npm reaches the host, which exits cleanly, and npm with it', async () => {
  const dataDir = temporaryDataDir();
  const running = new Running('npm', ['start', '--silent', '--', '--headless', '--json', '--port', '0', '--data-dir', dataDir]);
  const { apiUrl, pid } = await running.ready();
  const { code } = await running.stop();
  rmSync(join(dataDir, '..'), { recursive: true, force: true });
  expect(code).toBe(0);
  await expect(fetch(`${apiUrl}/health`)).rejects.toThrow();
  expect(() => process.kill(pid, 0)).toThrow();
});

test('refuses wrong options with code 2', async () => {
  const { code, stdout, stderr } = await new Running(process.execPath, [start, '--headless', '--lang', 'en', '--frobnicate']).ended;
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^Unknown option --frobnicate\. --help lists the options\.$/m);
});

test('under a Node.js that is too old it explains what to do', async () => {
  const pretend = `Object.defineProperty(process.versions, 'node', { value: '18.20.0' }); await import(${JSON.stringify(start)});`;
  const { code, stdout, stderr } = await new Running(process.execPath, ['--input-type=module', '-e', pretend], { LC_ALL: 'en_US' }).ended;
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^Switchyard needs Node\.js 22\.14 or newer; this is 18\.20\.0\..*\n$/);
});
