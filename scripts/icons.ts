/** Draws the PNG icons from their SVGs: `node scripts/icons.ts`. Needed only after changing a drawing; the results are committed beside them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { findChromium } from './system.ts';

const folder = join(import.meta.dirname, '..', 'resources');
const drawings = [
  ...['tray', 'tray-warn', 'tray-bad'].flatMap((name) => [
    { from: name, to: `icons/${name}.png`, px: 22 },
    { from: name, to: `icons/${name}@2x.png`, px: 44 },
  ]),
  { from: 'app', to: 'icon.png', px: 512 }, // where electron-builder looks for it
];

const executablePath = findChromium();
const browser = await chromium.launch(executablePath ? { executablePath } : {});
const page = await browser.newPage();
for (const { from, to, px } of drawings) {
  const svg = readFileSync(join(folder, 'icons', `${from}.svg`), 'utf8').replace(/width="22" height="22"/, `width="${px}" height="${px}"`);
  await page.setViewportSize({ width: px, height: px });
  await page.setContent(`<style>body{margin:0}svg{display:block}</style>${svg}`);
  await page.screenshot({ path: join(folder, to), omitBackground: true });
}
await browser.close();
