/**
 * Measures the cost of statements by SQLite's counter of virtual machine steps. better-sqlite3 does not expose it: the statements are recorded with their
 * values as they run, and run again on a copy of the database in SQLite's WebAssembly build, which does. Steps grow with every row and index entry
 * that is touched and are reproducible.
 */
import init from '@sqlite.org/sqlite-wasm';
import type Database from 'better-sqlite3';
import type { Value } from '#store/sqlite/open.ts';

interface Ran {
  readonly sql: string;
  readonly values: readonly Value[];
}

export class Recorder {
  readonly #connection: Database.Database;
  #ran: Ran[] = [];

  /** Records the statements that are prepared from now on. */
  constructor(connection: Database.Database) {
    this.#connection = connection;
    const prepare = connection.prepare.bind(connection);
    const note = (sql: string, values: readonly unknown[]) => this.#ran.push({ sql, values: values as readonly Value[] }); // a store binds nothing else
    connection.prepare = ((sql: string) => {
      const statement = prepare(sql);
      for (const how of ['get', 'all', 'run'] as const) {
        const original = statement[how].bind(statement) as (...values: unknown[]) => never;
        statement[how] = (...values: unknown[]) => {
          note(sql, values);
          return original(...values);
        };
      }
      return statement;
    }) as typeof prepare;
  }

  /** Runs `work` and returns its cost: steps in total and by statement. */
  async costOf(work: () => unknown): Promise<{ steps: number; byStatement: Map<string, number> }> {
    const copy = this.#connection.serialize();
    this.#ran = [];
    await work();
    return replay(copy, this.#ran);
  }
}

async function replay(copy: Uint8Array, ran: readonly Ran[]): Promise<{ steps: number; byStatement: Map<string, number> }> {
  const { oo1, capi, wasm } = await init();
  const db = new oo1.DB(':memory:');
  const bytes = Uint8Array.from(copy);
  bytes.fill(1, 18, 20); // switch the copy's header from WAL to rollback journal: it has no log beside it
  const flags = capi.SQLITE_DESERIALIZE_FREEONCLOSE | capi.SQLITE_DESERIALIZE_RESIZEABLE;
  db.checkRc(capi.sqlite3_deserialize(db, 'main', wasm.allocFromTypedArray(bytes), bytes.length, bytes.length, flags));
  const byStatement = new Map<string, number>();
  let steps = 0;
  for (const { sql, values } of ran) {
    const statement = db.prepare(sql);
    if (values.length > 0) statement.bind([...values]);
    while (statement.step());
    const own = capi.sqlite3_stmt_status(statement, capi.SQLITE_STMTSTATUS_VM_STEP, 0);
    byStatement.set(sql, (byStatement.get(sql) ?? 0) + own);
    steps += own;
    statement.finalize();
  }
  db.close();
  return { steps, byStatement };
}
