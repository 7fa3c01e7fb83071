/** A desk that other machines reach, in a browser at the address that it names for them. */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import decodeQR from 'qr/decode.js';
import { BUILT_ENTRY, HostProcess } from '#shells/testing/host-process.ts';
import { test as base, expect } from '../harness/desk.ts';

const test = base.extend<{ open: (...args: string[]) => Promise<HostProcess> }>({
  open: async ({ language }, use) => {
    const hosts: HostProcess[] = [];
    await use(async (...args) => {
      const host = await HostProcess.start(BUILT_ENTRY, { args: ['--lang', language, '--host', '0.0.0.0', ...args] });
      hosts.push(host);
      return host;
    });
    for (const host of hosts) await host.dispose();
  },
});

test.describe('over TLS', () => {
  test.use({ ignoreHTTPSErrors: true });

  test('the console opens, is still open after a reload, and shows the fingerprint that the browser shows', async ({ open, page }) => {
    const host = await open();
    expect(host.consoleUrl).toMatch(/^https:/);
    await page.goto(host.consoleUrl);
    await expect(page.getByTestId('pulse')).toBeVisible();
    await page.reload();
    await page.getByRole('link', { name: 'Настройки' }).click();
    const { fingerprint256 } = new X509Certificate(readFileSync(join(host.ready.dataDir, 'tls-cert.pem')));
    await expect(page.getByTestId('fingerprint')).toHaveText(fingerprint256);
    await expect(page.getByTestId('addresses')).toContainText(host.ready.apiUrl);
    await expect(page.getByTestId('unencrypted')).toHaveCount(0);
  });
});

test('an invitation can be scanned', async ({ open, page }) => {
  const host = await open('--insecure');
  await page.goto(host.consoleUrl);
  await page.getByRole('link', { name: 'Настройки' }).click();
  const people = page.getByTestId('people');
  await people.getByRole('textbox', { name: 'Имя человека' }).fill('Анна');
  await people.getByRole('button', { name: 'Пригласить' }).click();
  const code = people.getByRole('img', { name: 'QR-код приглашения' });
  const size = Number((await code.getAttribute('viewBox'))?.split(' ').at(-1));
  const path = (await code.locator('path').last().getAttribute('d')) ?? '';
  expect(decodeQR(pictureOf(path, size))).toBe(await page.getByTestId('invitation').textContent());
});

const SCALE = 4;

/** A picture of the modules that the path draws, in grey RGBA. */
function pictureOf(path: string, size: number) {
  const width = size * SCALE;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g))
    for (let dy = 0; dy < SCALE; dy++)
      for (let dx = 0; dx < SCALE; dx++)
        data.fill(0, ((Number(y) * SCALE + dy) * width + Number(x) * SCALE + dx) * 4, ((Number(y) * SCALE + dy) * width + Number(x) * SCALE + dx) * 4 + 3);
  return { width, height: width, data };
}

test('without encryption, every screen says so', async ({ open, page }) => {
  const host = await open('--insecure');
  await page.goto(host.consoleUrl);
  for (const screen of ['live', 'operators', 'weights', 'sources', 'leads', 'contacts', 'reports', 'audit', 'settings', 'wallboard']) {
    await page.evaluate((name) => {
      location.hash = `#/${name}`;
    }, screen);
    await expect(page.getByTestId('unencrypted').filter({ visible: true })).toHaveText('Без шифрования');
  }
});
