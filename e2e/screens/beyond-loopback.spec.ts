/** A desk that other machines reach, in a browser at the address that it names for them. */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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
