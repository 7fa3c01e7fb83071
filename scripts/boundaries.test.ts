/**
 * Tests the boundaries between layers. The rules are in .oxlintrc.json; here each of them is broken on purpose
 * in a copy of the tree, and the check must detect it: a check that cannot fail proves nothing.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const RENDERER = ['#kit/x.ts', '#link/x.ts', '#features/live/x.ts'];
const HOST = ['#domain/x.ts', '#store/x.ts', '#engine/x.ts', '#vault/x.ts', '#reports/x.ts', '#intake/x.ts', '#console/x.ts', '#demo/x.ts', '#shells/x.ts'];

interface Room {
  readonly folder: string;
  /** of what is planted, where the name of a file decides what it may import */
  readonly file?: string;
  readonly allowed: readonly string[];
  readonly forbidden: readonly string[];
}
const rooms: readonly Room[] = [
  {
    folder: 'src-shared/contract',
    allowed: ['./x.ts', '../board.ts', '#shared/board.ts', 'zod', '@trpc/server'],
    forbidden: [...HOST, 'node:fs', 'electron', 'react', 'fastify', '../../src-main/domain/identify.ts', '../../src-renderer/x.ts'],
  },
  {
    folder: 'src-main/domain',
    allowed: ['./x.ts', '#domain/x.ts', '#shared/board.ts', 'libphonenumber-js/max', 'punycode/punycode.es6.js', '@orama/stemmers/russian'],
    forbidden: [...HOST.slice(1), 'node:fs', 'node:crypto', 'electron', 'zod', 'better-sqlite3', 'drizzle-orm', 'fastify', '../store/sqlite/open.ts'],
  },
  {
    folder: 'src-main/store',
    allowed: ['./x.ts', '#store/x.ts', '#domain/x.ts', '#shared/board.ts', 'drizzle-orm/better-sqlite3', 'better-sqlite3', 'node:fs'],
    forbidden: [...HOST.slice(2), 'electron', 'fastify', 'zod', '../engine/core/engine.ts', '../../src-renderer/x.ts'],
  },
  {
    folder: 'src-main/store/sqlite',
    allowed: ['./x.ts', '#domain/x.ts', '#shared/board.ts', 'drizzle-orm/better-sqlite3', 'better-sqlite3', 'node:fs'],
    forbidden: ['#store/journal/x.ts', '#store/tables/x.ts', ...HOST.slice(2), 'electron', 'fastify', 'zod', '../tables/x.ts'],
  },
  {
    folder: 'src-main/store/journal',
    allowed: ['./x.ts', '#store/sqlite/x.ts', '#domain/x.ts', '#shared/board.ts', 'node:crypto'],
    forbidden: ['#store/tables/x.ts', ...HOST.slice(2), 'electron', 'fastify', 'zod', '../tables/x.ts'],
  },
  {
    folder: 'src-main/engine',
    allowed: ['./x.ts', '#engine/x.ts', '#store/x.ts', '#domain/x.ts', '#shared/board.ts', 'node:crypto'],
    forbidden: [...HOST.slice(3), 'electron', 'fastify', '@fastify/static', 'better-sqlite3', 'drizzle-orm', '../shells/compose.ts'],
  },
  {
    folder: 'src-things',
    file: 'effects.ts',
    allowed: ['#shared/board.ts', '#things/operator/effects.ts', 'zod'],
    forbidden: [...HOST, ...RENDERER, '#things/operator/thing.ts', '#things/operator/sentences.ts', './thing.ts', '../x.ts', 'node:fs', 'electron', 'react'],
  },
  {
    folder: 'src-things',
    file: 'thing.ts',
    allowed: ['./effects.ts', '#things/operator/thing.ts', '#engine/x.ts', '#store/x.ts', '#domain/x.ts', '#shared/board.ts'],
    forbidden: [...HOST.slice(3), ...RENDERER, '#things/operator/sentences.ts', '../x.ts', 'electron', 'fastify', 'better-sqlite3', 'drizzle-orm'],
  },
  {
    folder: 'src-things',
    file: 'sentences.ts',
    allowed: ['#things/operator/sentences.ts', '#kit/x.ts', '#shared/board.ts', 'i18next'],
    forbidden: [...HOST, '#things/operator/thing.ts', '#link/x.ts', '#features/live/x.ts', '../x.ts', 'node:fs', 'electron', 'better-sqlite3', 'fastify'],
  },
  {
    folder: 'src-main/vault',
    allowed: ['./x.ts', '#vault/x.ts', '#engine/x.ts', '#store/x.ts', '#domain/x.ts', '#shared/board.ts', 'node:fs'],
    forbidden: [...HOST.slice(4), 'electron', 'fastify', '@fastify/static', 'better-sqlite3', 'drizzle-orm', 'ws', '@trpc/server', '../shells/compose.ts'],
  },
  {
    folder: 'src-main/reports',
    allowed: ['./x.ts', '#reports/x.ts', '#store/x.ts', '#domain/x.ts', '#shared/board.ts', 'node:worker_threads', 'fflate'],
    forbidden: [
      '#engine/x.ts',
      '#vault/x.ts',
      ...HOST.slice(5),
      'electron',
      'fastify',
      '@fastify/static',
      'better-sqlite3',
      'drizzle-orm',
      '@trpc/server',
      '../store/sqlite/open.ts',
    ],
  },
  {
    folder: 'src-main/intake',
    allowed: ['./x.ts', '#intake/x.ts', '#engine/x.ts', '#reports/x.ts', '#shared/board.ts', 'fastify', 'node:http'],
    forbidden: [
      '#store/x.ts',
      '#vault/x.ts',
      '#console/x.ts',
      '#demo/x.ts',
      '#shells/x.ts',
      'electron',
      'better-sqlite3',
      'drizzle-orm',
      '../store/sqlite/open.ts',
    ],
  },
  {
    folder: 'src-main/console',
    allowed: ['./x.ts', '#console/x.ts', '#engine/x.ts', '#vault/x.ts', '#reports/x.ts', '#shared/board.ts', '@trpc/server/adapters/ws', 'node:events'],
    forbidden: [
      '#store/x.ts',
      '#intake/x.ts',
      '#demo/x.ts',
      '#shells/x.ts',
      'electron',
      'fastify',
      '@fastify/static',
      'better-sqlite3',
      '../store/sqlite/open.ts',
    ],
  },
  {
    folder: 'src-main/demo',
    allowed: ['./x.ts', '#demo/x.ts', '#engine/x.ts', '#shared/board.ts', 'zod', 'node:crypto'],
    forbidden: [
      '#domain/x.ts',
      '#store/x.ts',
      '#vault/x.ts',
      '#intake/x.ts',
      '#console/x.ts',
      '#shells/x.ts',
      'electron',
      'fastify',
      'better-sqlite3',
      '../engine/core/engine.ts',
    ],
  },
  {
    folder: 'src-main/shells/headless',
    allowed: ['./x.ts', ...HOST, '#shared/board.ts', 'fastify', 'ws', 'better-sqlite3', 'node:fs'],
    forbidden: ['electron', 'electron/main', '../electron/main.ts', '../../../src-renderer/x.ts'],
  },
  {
    folder: 'src-main/shells/electron',
    allowed: ['./x.ts', ...HOST, '#shared/board.ts', 'electron', 'node:fs'],
    forbidden: ['../headless/main.ts', '../../../src-renderer/x.ts'],
  },
  {
    folder: 'src-renderer/app',
    allowed: ['./x.ts', '../keys.ts', ...RENDERER, '#shared/board.ts', 'react'],
    forbidden: [
      ...HOST,
      'node:fs',
      'electron',
      'ws',
      'drizzle-orm/x',
      '../kit/x.ts',
      '../link/x.ts',
      '../features/live/x.ts',
      '../../src-main/domain/identify.ts',
    ],
  },
  {
    folder: 'src-renderer/link',
    allowed: ['./x.ts', '#shared/board.ts', 'zustand', '@trpc/client'],
    forbidden: [...HOST, '#kit/x.ts', '#features/live/x.ts', 'node:fs', 'electron', '../kit/x.ts', '../app/x.ts', '../../src-main/domain/identify.ts'],
  },
  {
    folder: 'src-renderer/kit/table',
    allowed: ['./x.ts', '#kit/fields/x.ts', '#link/x.ts', '#shared/board.ts', 'react', 'zustand', '@mantine/core'],
    forbidden: [
      ...HOST,
      '#features/live/x.ts',
      'node:fs',
      'electron',
      'better-sqlite3',
      'fastify',
      '../fields/x.ts',
      '../../app/x.ts',
      '../../features/live/x.ts',
      '../../../src-main/domain/identify.ts',
    ],
  },
  {
    folder: 'src-renderer/kit/fields/dates',
    allowed: ['./x.ts', '#kit/locale/format.ts', '#link/x.ts', '#shared/board.ts', 'react'],
    forbidden: [...HOST, '#features/live/x.ts', 'node:fs', 'electron', '../x.ts', '../../../app/x.ts', '../../../features/live/x.ts'],
  },
  {
    folder: 'src-renderer/features/live',
    allowed: ['./x.ts', './deep/x.ts', '#kit/x.ts', '#link/x.ts', '#shared/board.ts', 'react'],
    forbidden: [
      ...HOST,
      '#features/weights/store.ts',
      'node:fs',
      'electron',
      '../weights/store.ts',
      '../../features/weights/store.ts',
      '../../app/x.ts',
      '../../kit/x.ts',
      '../../../src-main/domain/identify.ts',
    ],
  },
  {
    folder: 'src-renderer/features/live/deep',
    allowed: ['./x.ts', '../store.ts', '#kit/x.ts', '#shared/board.ts', 'react'],
    forbidden: [
      ...HOST,
      '#features/weights/store.ts',
      'node:fs',
      'electron',
      '../../weights/store.ts',
      '../../../features/weights/store.ts',
      '../../../app/x.ts',
    ],
  },
];

/** Imports in every form that a rule must detect. */
const forms: readonly ((from: string) => string)[] = [
  (from) => `import { a } from '${from}';\nexport const b = a;\n`,
  (from) => `import type { A } from '${from}';\nexport type B = A;\n`,
  (from) => `export * from '${from}';\n`,
  (from) => `export const load = () => import('${from}');\n`,
];

const CLOCKS = ['Date.now()', 'Math.random()'];
/** Layers that must not read a clock or generate random numbers; durations are measured outside domain and engine. */
const timeless: Readonly<Record<string, readonly string[]>> = {
  'src-shared': CLOCKS,
  'src-things': CLOCKS,
  'src-main/domain': [...CLOCKS, 'performance.now()'],
  'src-main/store': CLOCKS,
  'src-main/engine': [...CLOCKS, 'performance.now()', 'store.connection'],
  'src-main/vault': [...CLOCKS, 'performance.now()'],
  'src-main/reports': CLOCKS,
  'src-main/intake': CLOCKS,
  'src-main/console': CLOCKS,
  'src-main/demo': CLOCKS,
  'src-main/shells': CLOCKS,
};

/** Functions with which a test could measure the machine, and a file of each kind that `npm test` runs. */
const meters = ['performance.now()', 'Date.now()', 'process.memoryUsage()', 'process.hrtime()', 'process.cpuUsage()', 'process.resourceUsage()'];
const tests = [
  'src-main/engine/planted.test.ts',
  'src-renderer/kit/planted.test.tsx',
  'src-main/store/testing/planted.ts',
  'e2e/planted.spec.ts',
  'faults/planted.ts',
  'security/planted.ts',
];
const measuring = (file: string, nth: number) => file.replace('planted', `planted-meter-${nth}`);

/** oxlint has no rule for this: `new Date()` reads the clock, `new Date(ms)` does not. */
const asksForTheTime = (source: string) => /\bnew\s+Date\s*(\(\s*\)|[^\s(\w])/.test(source);

const copy = mkdtempSync(join(tmpdir(), 'switchyard-boundaries-'));
let refused: Map<string, string[]>;
let inCircles: readonly string[];
/** @param file its name, where it decides what may be imported */
const planted = (folder: string, what: string, file?: string) => join(folder, file ? `planted-${what}/${file}` : `planted-${what}.ts`);

function plant(file: string, source: string) {
  mkdirSync(dirname(join(copy, file)), { recursive: true });
  writeFileSync(join(copy, file), source);
}

beforeAll(() => {
  for (const part of ['.oxlintrc.json', 'tsconfig.base.json', 'src-shared', 'src-things', 'src-main', 'src-renderer'])
    cpSync(join(root, part), join(copy, part), { recursive: true });
  for (const { folder, file, allowed, forbidden } of rooms) {
    forbidden.forEach((from, nth) => {
      forms.forEach((form, kind) => {
        plant(planted(folder, `${nth}-${kind}`, file), form(from));
      });
    });
    plant(planted(folder, 'allowed', file), allowed.map((from, nth) => `export * as a${nth} from '${from}';\n`).join(''));
  }
  for (const [folder, clocks] of Object.entries(timeless))
    clocks.forEach((clock, nth) => {
      plant(planted(folder, `clock-${nth}`), `export const a = ${clock};\n`);
    });

  for (const file of tests)
    meters.forEach((meter, nth) => {
      plant(measuring(file, nth), `export const a = ${meter};\n`);
    });

  for (const [one, other] of [
    ['a', 'b'],
    ['b', 'a'],
  ] as const)
    plant(
      planted('src-shared', `circle-${one}`),
      `import type { T${other} } from './planted-circle-${other}.ts';\nexport interface T${one} { x: T${other} }\n`,
    );

  const lint = spawnSync(process.execPath, [join(root, 'node_modules/oxlint/bin/oxlint'), '-f', 'json', '.'], { cwd: copy, encoding: 'utf8', maxBuffer: 1e8 });
  const { diagnostics } = JSON.parse(lint.stdout) as { diagnostics: { code: string; filename: string }[] }; // oxlint's own format
  refused = new Map();
  inCircles = diagnostics.filter(({ code }) => code === 'import(no-cycle)').map(({ filename }) => relative('.', filename));
  for (const { code, filename } of diagnostics) {
    if (!code.startsWith('eslint(no-restricted-')) continue;
    const file = relative('.', filename);
    refused.set(file, [...(refused.get(file) ?? []), code]);
  }
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe.each(rooms.map((room) => [join(room.folder, room.file ?? ''), room] as const))('%s', (_, { folder, file, forbidden }) => {
  test.each(forbidden)('may not import %s, in any form', (from) => {
    const nth = forbidden.indexOf(from);
    const slipped = forms.filter((_, kind) => !refused.has(planted(folder, `${nth}-${kind}`, file)));
    expect(slipped.map((form) => form(from))).toEqual([]);
  });

  test('may import what it needs', () => {
    expect(refused.get(planted(folder, 'allowed', file))).toBeUndefined();
  });
});

test.each([
  'src-shared',
  'src-things',
  'src-main/domain',
  'src-main/store',
  'src-main/engine',
  'src-main/vault',
  'src-main/reports',
  'src-main/intake',
  'src-main/console',
  'src-main/demo',
  'src-main/shells',
  'src-renderer',
])('%s has code, and it keeps its boundaries', (layer) => {
  const files = globSync(`${layer}/**/*.{ts,tsx}`, { cwd: root });
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((file) => refused.has(file))).toEqual([]);
});

test('files may not import each other, even only types', () => {
  expect(inCircles.toSorted()).toEqual(['a', 'b'].map((one) => planted('src-shared', `circle-${one}`)));
});

describe.each(Object.entries(timeless))('%s', (folder, clocks) => {
  test.each(clocks)('may not call %s', (clock) => {
    expect(refused.get(planted(folder, `clock-${clocks.indexOf(clock)}`))).toEqual(['eslint(no-restricted-properties)']);
  });

  test('may not read the clock with new Date()', () => {
    const files = globSync(`${folder}/**/*.ts`, { cwd: root }).filter((file) => !file.endsWith('.test.ts') && !file.includes('/testing/'));
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((file) => asksForTheTime(readFileSync(join(root, file), 'utf8')))).toEqual([]);
  });
});

test('the check for new Date() detects it', () => {
  for (const source of ['new Date()', 'new Date( )', 'new  Date;', 'f(new Date)']) expect(asksForTheTime(source), source).toBe(true);
  for (const source of ['new Date(at)', 'new DateRange()', 'new Date(at).toISOString()', 'Date']) expect(asksForTheTime(source), source).toBe(false);
});

test.each(meters)('a test may not measure the machine with %s', (meter) => {
  const slipped = tests.filter((file) => !refused.has(measuring(file, meters.indexOf(meter))));
  expect(slipped).toEqual([]);
});

/** Waits shorter than this could fail on a busy machine, and so would assert its speed. */
const LEAST_PATIENCE_MS = 5000;
const isImpatient = (ms: number) => ms > 0 && ms < LEAST_PATIENCE_MS; // 0: it does not wait at all
const impatient = (source: string) =>
  source.split('\n').filter((line) => [...line.matchAll(/\btimeout:\s*([\d_]+)/g)].some(([, ms]) => isImpatient(Number(ms?.replaceAll('_', '')))));

test('no test gives up on anything in less than five seconds', () => {
  const files = globSync(['e2e/**/*.ts', '{faults,security}/*.ts', '{faults,security}/harness/*.ts', 'src-*/**/*.test.{ts,tsx}'], { cwd: root });
  expect(files.length).toBeGreaterThan(100);
  expect(impatient('await expect(row).toBeVisible({ timeout: 500 });')).toHaveLength(1);
  const found = files.map((file) => [file, impatient(readFileSync(join(root, file), 'utf8'))] as const).filter(([, lines]) => lines.length > 0);
  expect(found).toEqual([]);
});
