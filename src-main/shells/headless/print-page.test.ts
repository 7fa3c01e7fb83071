import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ownCertificates } from '#shells/certificates.ts';
import { dataDirAt, prepareDataDir } from '#shells/data-dir.ts';
import { findChromium } from './find-chromium.ts';
import { printPage } from './print-page.ts';

async function page(body: string): Promise<string> {
  const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end(`<!doctype html><html><body>${body}</body></html>`));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const browser = findChromium();

/** Temporary folders: one in a data folder, one of the system. */
function folders(): { printing: string; temporary: string } {
  const root = mkdtempSync(join(tmpdir(), 'sy-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));
  const [printing, temporary] = [join(root, 'printing'), join(root, 'tmp')];
  mkdirSync(temporary);
  return { printing, temporary };
}

test.runIf(browser !== null)('a page is printed when it reports that it is ready', async () => {
  const { printing } = folders();
  const url = await page('<p>Отчёт</p><script>setTimeout(() => { document.documentElement.dataset.ready = "true"; }, 200)</script>');
  const pdf = await printPage(browser ?? '', { url, trusted: null }, printing);
  expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-');
  expect(pdf.length).toBeGreaterThan(1000);
  expect(readdirSync(printing)).toEqual([]);
});

test.runIf(browser !== null)('a page over TLS is printed if its certificate is the trusted one, and only then', async () => {
  const { printing } = folders();
  const certificates = await Promise.all(
    ['a', 'b'].map(async (name) => {
      const dir = dataDirAt(join(printing, '..', name));
      prepareDataDir(dir);
      return (await ownCertificates(dir, [], () => Date.now())).current(); // oxlint-disable-line no-restricted-properties -- the browser compares it with the machine's clock
    }),
  );
  const [ours, other] = certificates;
  const server = createTlsServer(ours ?? {}, (_, response) => response.end('<!doctype html><html data-ready="true"></html>'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const pdf = await printPage(browser ?? '', { url, trusted: ours?.cert ?? null }, printing);
  expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-');
  await expect(printPage(browser ?? '', { url, trusted: other?.cert ?? null }, printing)).rejects.toThrow('the page could not be opened: net::ERR_CERT_');
});

test.runIf(browser !== null)('a process killed while printing leaves nothing outside the data folder', async () => {
  const { printing, temporary } = folders();
  let asked = () => {};
  const isAsked = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const server = createServer(() => asked()); // never answers
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  const script = `import { printPage } from ${JSON.stringify(join(import.meta.dirname, 'print-page.ts'))};
    await printPage(${JSON.stringify(browser)}, { url: 'http://127.0.0.1:${port}/', trusted: null }, ${JSON.stringify(printing)});`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { env: { ...process.env, TMPDIR: temporary }, stdio: 'ignore' });
  await isAsked;
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(readdirSync(temporary)).toEqual([]);
  expect(readdirSync(printing)).toHaveLength(1);
});

test('a browser that exits at once is reported', async () => {
  await expect(printPage('/bin/false', { url: 'about:blank', trusted: null }, folders().printing)).rejects.toThrow('the browser ended with 1');
});

test('a missing browser is reported', async () => {
  await expect(printPage('/nowhere/chromium', { url: 'about:blank', trusted: null }, folders().printing)).rejects.toThrow('ENOENT');
  expect(findChromium({ PATH: '', CHROMIUM_PATH: '/nowhere/chromium' })).toBe(null);
});
