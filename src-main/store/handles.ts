import type Database from 'better-sqlite3';
import type { Value, Writing } from './open.ts';

/** The handles of a connection that is no `Store`: one that is being migrated or checked. */
export function handlesOf(connection: Database.Database): Writing {
  const statements = new Map<string, Database.Statement<Value[]>>();
  const prepared = (sql: string) => {
    let statement = statements.get(sql);
    if (!statement) {
      statement = connection.prepare<Value[]>(sql);
      statements.set(sql, statement);
    }
    return statement;
  };
  return {
    get: <Row>(sql: string, ...values: Value[]) => prepared(sql).get(...values) as Row | undefined, // the caller names the columns it selects
    all: <Row>(sql: string, ...values: Value[]) => prepared(sql).all(...values) as Row[],
    run: (sql, ...values) => prepared(sql).run(...values),
  };
}
