/** Database handles: `Reading` for queries, `Writing` for changes. */
import type Database from 'better-sqlite3';

/** A query handle. Statements are prepared at first use and cached by their text for the life of the connection. */
export interface Reading {
  // use plain `?` parameters: better-sqlite3 treats numbered ones (`?1`) as named
  get<Row>(sql: string, ...values: Value[]): Row | undefined;
  all<Row>(sql: string, ...values: Value[]): Row[];
}

export interface Writing extends Reading {
  run(sql: string, ...values: Value[]): Database.RunResult;
}

export type Value = string | number | null | Uint8Array;

/** Handles for a bare connection, outside a `Store`: for migrations and checks. */
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
