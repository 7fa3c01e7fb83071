/**
 * The size of what a console loads before it shows anything, from the build: the page, and the scripts and styles it references. `node bench/size.ts`
 * The size of changes on the wire is measured in `console.ts`.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Figures, printFigures } from './figures.ts';
import { printTable, provideBuild } from './measure.ts';

const OUT = join(import.meta.dirname, '..', 'out');
const PAGE = join(OUT, 'renderer');

const compressed = (file: string): number => gzipSync(readFileSync(file)).length / 1000;

/** `index.html` and what it references: module scripts, their preloaded modules, and styles. */
function firstLoad(): string[] {
  const html = readFileSync(join(PAGE, 'index.html'), 'utf8');
  const named = [...html.matchAll(/(?:src|href)="\.\/([^"]+\.(?:js|css))"/g)].map(([, path]) => path ?? '');
  if (named.length < 2) throw new Error('the page names no script or no style');
  return ['index.html', ...named];
}

export const figures: Figures = async () => {
  await provideBuild();
  const first = firstLoad();
  const later = readdirSync(join(PAGE, 'assets')).filter((name) => /\.(js|css)$/.test(name) && !first.includes(`assets/${name}`));
  const sum = (files: readonly string[]) => files.reduce((all, file) => all + compressed(join(PAGE, file)), 0);
  const main = readdirSync(join(OUT, 'main'), { recursive: true, withFileTypes: true }).filter(({ name }) => name.endsWith('.js'));
  const host = main
    .filter(({ parentPath }) => !parentPath.endsWith('static'))
    .reduce((all, { parentPath, name }) => all + statSync(join(parentPath, name)).size, 0);
  return [
    { what: 'first load of the page', figure: sum(first), unit: 'KB gzip', goal: { most: 400 } },
    { what: 'loaded when a screen is first opened, all screens together', figure: sum(later.map((name) => `assets/${name}`)), unit: 'KB gzip', goal: null },
    { what: 'the host with all its libraries', figure: host / 1000, unit: 'KB', goal: null },
  ];
};

if (import.meta.main) {
  printFigures(await figures(false));
  const files = readdirSync(join(PAGE, 'assets')).filter((name) => /\.(js|css)$/.test(name));
  console.log();
  printTable(
    ['file', 'KB gzip', 'when'],
    files
      .map((name) => [name, compressed(join(PAGE, 'assets', name)), firstLoad().includes(`assets/${name}`) ? 'at first' : 'later'] as const)
      .sort((a, b) => b[1] - a[1]),
  );
}
