/** Every command is killed inside each of its write and sync calls; the database must then be as before the command or as after it, row for row. */
import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { build } from 'vite';
import { appFile } from '#shells/app-root.ts';
import { verifyChain } from '#store/journal/chain.ts';
import { handlesOf } from '#store/sqlite/handles.ts';
import { COMMANDS, furnish, openDesk, TORN } from './harness/small-desk.ts';
import type { Finding } from './harness/verdict.ts';

const PROGRAM = join(import.meta.dirname, 'harness', 'one-command.ts');
const MIGRATIONS = appFile('drizzle');
const CALLS = 'pwrite64,fsync,fdatasync';
/** More calls than any command makes; a guard against looping for ever. */
const MOST_CALLS = 500;

/** Every row of every table, and whether pages and chain are intact. */
function contents(file: string): string {
  const db = new Database(file); // replays the write-ahead log, as a start would
  try {
    const tables = db
      .prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      .all()
      .map(({ name }) => [name, db.prepare(`SELECT * FROM "${name}"`).raw().all()]);
    return JSON.stringify([tables, db.pragma('integrity_check'), db.pragma('foreign_key_check'), verifyChain(handlesOf(db), 0).ok]);
  } finally {
    db.close();
  }
}

interface Swept {
  /** number of calls inside which it was killed */
  readonly kills: number;
  /** how often none of it was written, and how often all of it */
  readonly before: number;
  readonly after: number;
  /** the calls inside which a kill left anything else */
  readonly torn: readonly number[];
}

async function sweep(program: string, name: string, command: (typeof COMMANDS)[string], step: number): Promise<Swept> {
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-commands-'));
  const original = join(folder, 'original.db');
  try {
    const desk = openDesk(original, MIGRATIONS);
    await furnish(desk);
    desk.close();
    const before = contents(original);
    const whole = join(folder, 'whole.db');
    copyFileSync(original, whole);
    const done = openDesk(whole, MIGRATIONS);
    const result = await command(done);
    done.close();
    if (!result.ok) throw new Error(`${name}: ${result.problem.detail}`);
    const after = contents(whole);

    const swept = { kills: 0, before: 0, after: 0, torn: [] as number[] };
    let next = 1;
    let isOver = false;
    const play = async () => {
      for (let n = next; !isOver && n < MOST_CALLS; n = next) {
        next += step;
        const file = join(folder, `${n}.db`);
        copyFileSync(original, file);
        if (!(await killedIn(n, program, file, name))) isOver = true;
        else swept.kills += 1;
        const left = contents(file);
        if (left === before) swept.before += 1;
        else if (left === after) swept.after += 1;
        else swept.torn.push(n);
      }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, play));
    return swept;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether there was an n-th call to be killed in. */
function killedIn(n: number, program: string, file: string, name: string): Promise<boolean> {
  const only = [file, `${file}-wal`].flatMap((path) => ['-P', path]);
  const options = ['-qq', '-o', '/dev/null', ...only, '-e', `trace=${CALLS}`, '-e', `inject=${CALLS}:signal=SIGKILL:when=${n}`];
  return new Promise((resolve, reject) => {
    execFile('strace', [...options, process.execPath, program, file, MIGRATIONS, name], (error) => {
      if (error?.signal === 'SIGKILL') resolve(true);
      else if (error?.signal === 'SIGTERM') resolve(false);
      else reject(new Error(`${name}, call ${n}: ${error?.message ?? 'it exited by itself'}`));
    });
  });
}

/** Bundles the program into one file, because it is started hundreds of times. */
async function bundled(folder: string): Promise<string> {
  const ssr = { noExternal: true as const, external: ['better-sqlite3'] };
  await build({ configFile: false, root: appFile(), logLevel: 'warn', ssr, build: { ssr: PROGRAM, outDir: folder, minify: false, target: 'node24' } });
  return join(folder, 'one-command.js');
}

/** @param step 1: every call of every command; n: every n-th of each */
export async function dyingCommands({ step = 1, names = Object.keys(COMMANDS) }: { step?: number; names?: readonly string[] } = {}): Promise<Finding> {
  const folder = mkdtempSync(join(appFile('node_modules'), '.switchyard-')); // so that it can resolve modules that are not bundled
  try {
    const program = await bundled(folder);
    const words: string[] = [];
    let kills = 0;
    let before = 0;
    let after = 0;
    for (const name of names) {
      const command = COMMANDS[name];
      if (!command) throw new Error(`there is no command ${name}`);
      const swept = await sweep(program, name, command, step);
      kills += swept.kills;
      before += swept.before;
      after += swept.after;
      if (swept.torn.length > 0) words.push(`${name}: half done when killed in call ${swept.torn.join(', ')}`);
      if (swept.before === 0 || swept.after === 0) words.push(`${name}: it was not killed on both sides of its commit`);
    }
    const control = await sweep(program, 'two commits', TORN, step);
    if (control.torn.length === 0) words.push('a command with two commits was not detected: this experiment detects nothing');
    return {
      isSound: words.length === 0,
      figures: `${names.length} commands, ${kills} kills: ${before} left nothing, ${after} left all of it; the control with two commits detected in ${control.torn.length} calls`,
      words,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
