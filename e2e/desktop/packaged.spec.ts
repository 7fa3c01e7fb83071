/** The packaged app, as people install it: no node_modules except the database's addon, one archive, the fuses set. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, expect, test } from '@playwright/test';
import { temporaryDataDir } from '#shells/testing/host-process.ts';

const root = join(import.meta.dirname, '..', '..');
const require = createRequire(import.meta.url);

/** The unpacked Electron: from ELECTRON_DIST, else from the `electron` package. */
const dist = process.env.ELECTRON_DIST ?? dirname(require('electron') as unknown as string); // under Node.js the package exports the path of its binary
const output = join(root, 'test-results', 'package');

test.skip(process.platform !== 'linux', 'the folder of another system looks otherwise');

test('the packaged app starts, shows its console in a window and serves its documentation', async () => {
  test.setTimeout(300_000);
  const version = readFileSync(join(dist, 'version'), 'utf8').trim().replace(/^v/, '');
  const builder = join(dirname(require.resolve('electron-builder/package.json')), 'cli.js');
  const settings = [`electronDist=${dist}`, `electronVersion=${version}`, `directories.output=${output}`].map((setting) => `-c.${setting}`);
  const packed = spawnSync(process.execPath, [builder, '--linux', 'dir', ...settings], { cwd: root, encoding: 'utf8' });
  expect(packed.status, packed.stderr).toBe(0);

  const dataDir = temporaryDataDir();
  const args = [
    '--json',
    '--port',
    '0',
    '--lang',
    'ru',
    '--data-dir',
    dataDir,
    '--remote-debugging-port=0',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
  const app = spawn(join(output, 'linux-unpacked', 'switchyard'), args, { stdio: ['ignore', 'pipe', 'pipe'] });
  try {
    const said: string[] = [];
    const debugger_url = (async () => {
      for await (const line of createInterface(app.stderr)) {
        said.push(line);
        const url = /DevTools listening on (\S+)/.exec(line)?.[1];
        if (url !== undefined) return url;
      }
      throw new Error(`it ended before it listened: ${said.join('\n')}`);
    })();
    const [line] = (await once(createInterface(app.stdout), 'line')) as [string];
    const { apiUrl } = JSON.parse(line) as { apiUrl: string };
    const browser = await chromium.connectOverCDP(await debugger_url);
    const page = browser.contexts()[0]?.pages()[0] ?? (await browser.contexts()[0]?.waitForEvent('page'));
    await expect(page?.getByTestId('pulse') ?? fail()).toBeVisible();
    await browser.close();
    const script = await fetch(`${apiUrl}/docs/static/swagger-ui-bundle.js`);
    expect([script.status, (await fetch(`${apiUrl}/docs`)).status, (await fetch(`${apiUrl}/openapi.json`)).status]).toEqual([200, 200, 200]);
    expect(existsSync(join(output, 'linux-unpacked', 'resources', 'app.asar'))).toBe(true);
  } finally {
    app.kill('SIGTERM');
    if (app.exitCode === null && app.signalCode === null) await once(app, 'exit');
    rmSync(join(dataDir, '..'), { recursive: true, force: true });
  }
  expect(app.exitCode).toBe(0);
});

function fail(): never {
  throw new Error('the app has no window');
}
