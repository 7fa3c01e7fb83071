/**
 * `npm run bench`: runs every benchmark in its short form, each in its own process, and updates the table of goals and figures in docs/performance.md.
 * `npm run bench -- NAME…` runs only those and prints them. Nothing fails because something is slow; a benchmark that aborts is reported.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { type Figure, type Figures, goalText, metText, numeral, printFigures } from './figures.ts';
import { fsyncRate, v8Flags } from './measure.ts';

/** In the order of the table. */
const BENCHES: readonly { readonly name: string; readonly title: string }[] = [
  { name: 'engine', title: 'The engine alone' },
  { name: 'intake', title: 'Intake over HTTP' },
  { name: 'drain', title: 'Waiting contacts' },
  { name: 'deadlines', title: 'Deadlines' },
  { name: 'strategies', title: 'Strategies' },
  { name: 'growth', title: 'Growth' },
  { name: 'slow-disk', title: 'A slow disk' },
  { name: 'backup', title: 'Backups under load' },
  { name: 'reports', title: 'Reports over a million contacts' },
  { name: 'start', title: 'Start' },
  { name: 'size', title: 'Size' },
  { name: 'console', title: 'The console' },
];

const PAGE = join(import.meta.dirname, '..', 'docs', 'performance.md');
const BEGIN = '<!-- npm run bench writes everything between these two lines -->';
const END = '<!-- npm run bench ends here -->';

type Outcome = { readonly figures: readonly Figure[] } | { readonly failure: string };

async function measured(name: string): Promise<Outcome> {
  const child = fork(import.meta.filename, ['--figures-of', name], { execArgv: [...(await v8Flags())] }); // code measured in this process runs with the V8 flags of the host
  const told = once(child, 'message').then(([outcome]) => outcome as Outcome); // it runs the lines at the end of this file
  const [outcome] = await Promise.all([
    Promise.race([told, once(child, 'exit').then(([code]) => ({ failure: `ended with ${String(code)} before it reported anything` }))]),
    once(child, 'exit'),
  ]);
  return outcome;
}

function tableOf(title: string, name: string, outcome: Outcome): string {
  const head = `**${title}** (\`bench/${name}.ts\`)`;
  if ('failure' in outcome) return `${head}\n\nNot measured: ${outcome.failure}\n`;
  const rows = outcome.figures.map((one) => `| ${one.what} | ${numeral(one.figure)} | ${one.unit} | ${goalText(one)} | ${metText(one)} |`);
  return [head, '', '| what | figure | unit | goal | |', '| --- | ---: | --- | --- | --- |', ...rows, ''].join('\n');
}

function machine(): string {
  const [cpu] = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const day = new Date().toISOString().slice(0, 10);
  return `${day}; ${cpus().length} × ${cpu?.model ?? 'unknown'}, ${gigabytes} GB, ${process.platform}, Node.js ${process.versions.node}; a disk of ${numeral(fsyncRate())} × (4 KB + fsync) per second.`;
}

async function runAll(names: readonly string[]): Promise<void> {
  const unknown = names.find((name) => BENCHES.every((bench) => bench.name !== name));
  if (unknown !== undefined) throw new Error(`unknown benchmark ${unknown}; there are ${BENCHES.map(({ name }) => name).join(', ')}`);
  const parts = [machine(), ''];
  for (const { name, title } of BENCHES) {
    if (names.length > 0 && !names.includes(name)) continue;
    console.log(`\n${title}`);
    const outcome = await measured(name);
    if ('failure' in outcome) console.log(`not measured: ${outcome.failure}`);
    else printFigures(outcome.figures);
    parts.push(tableOf(title, name, outcome));
  }
  if (names.length > 0) return;
  const page = readFileSync(PAGE, 'utf8');
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from === -1 || to < from) throw new Error(`${PAGE} lacks the two comment lines around the table`);
  writeFileSync(PAGE, `${page.slice(0, from)}${BEGIN}\n\n${parts.join('\n')}\n${page.slice(to)}`);
  console.log(`\nUpdated ${PAGE}`);
}

const [order, name, ...others] = process.argv.slice(2);
if (order === '--figures-of' && name !== undefined) {
  const outcome: Outcome = await import(`./${name}.ts`)
    .then(async (bench: { figures: Figures }) => ({ figures: await bench.figures(true) }))
    .catch((error: unknown) => ({ failure: error instanceof Error ? error.message : String(error) }));
  process.send?.(outcome, () => process.exit(0));
} else await runAll([order, name, ...others].filter((one) => one !== undefined));
