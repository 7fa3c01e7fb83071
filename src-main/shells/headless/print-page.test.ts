import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
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

test.runIf(browser !== null)('a page is printed when it says that it is ready', async () => {
  const url = await page('<p>Отчёт</p><script>setTimeout(() => { document.documentElement.dataset.ready = "true"; }, 200)</script>');
  const pdf = await printPage(browser ?? '', url);
  expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-');
  expect(pdf.length).toBeGreaterThan(1000);
});

test('a browser that ends at once is said', async () => {
  await expect(printPage('/bin/false', 'about:blank')).rejects.toThrow('the browser ended with 1');
});

test('a browser that is not there is said', async () => {
  await expect(printPage('/nowhere/chromium', 'about:blank')).rejects.toThrow('ENOENT');
  expect(findChromium({ PATH: '', CHROMIUM_PATH: '/nowhere/chromium' })).toBe(null);
});
