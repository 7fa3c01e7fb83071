/** How code reaches rows: `Reading` looks, `Writing` changes. */
import type Database from 'better-sqlite3';

/** A statement's text is its name: prepared at its first use, kept for the life of the connection. */
export interface Reading {
  // parameters are plain `?`: better-sqlite3 takes the numbered ones (`?1`) for named
  get<Row>(sql: string, ...values: Value[]): Row | undefined;
  all<Row>(sql: string, ...values: Value[]): Row[];
}

export interface Writing extends Reading {
  run(sql: string, ...values: Value[]): Database.RunResult;
}

export type Value = string | number | null | Uint8Array;

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
