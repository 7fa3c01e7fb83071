/** A real engine on a real SQLite for tests: in memory unless a file is named, with a clock and dice that the test controls. */
import { randomBytes, randomInt } from 'node:crypto';
import { setCompetence } from '#engine/configuration/competences.ts';
import { createOperator } from '#engine/configuration/operators.ts';
import { createSource } from '#engine/configuration/sources.ts';
import { submitContact } from '#engine/contacts/submit-contact.ts';
import { Engine, type EngineOptions } from '#engine/core/engine.ts';
import type { Answer, Write } from '#engine/core/write.ts';
import type { ContactInput } from '#shared/contract/entities.ts';
import type { Result } from '#shared/contract/problems.ts';
import { openStore, type Value } from '#store/sqlite/open.ts';
import { MIGRATIONS } from '#vault/testing/places.ts';

export { MIGRATIONS };

/** Unwraps a result. @throws Error with the problem, so that a test that expects success fails at the cause */
export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.problem.code}: ${result.problem.detail}`);
  return result.value;
}

export type DeskOptions = Partial<EngineOptions> & { file?: string };

export class Desk {
  readonly engine: Engine;
  readonly errors: unknown[] = [];
  now = Date.UTC(2026, 10, 22, 9, 15);

  constructor(options: DeskOptions = {}) {
    const { file = ':memory:', ...rest } = options;
    this.engine = new Engine({
      store: openStore(file, { migrations: MIGRATIONS }),
      now: () => this.now,
      dice: (sum) => randomInt(sum),
      newKey: () => `sw_${randomBytes(32).toString('base64url')}`,
      timeZone: 'Europe/Moscow',
      log: (_, error) => this.errors.push(error),
      ...rest,
    });
  }

  async operator(name: string, max_load = 10, is_active = true): Promise<number> {
    return value(await this.engine.write('admin', (write) => createOperator(write, { name, max_load, is_active }))).id;
  }

  async source(name: string): Promise<number> {
    return value(await this.engine.write('admin', (write) => createSource(write, { name, settings: {} }))).id;
  }

  /** Sets operators' weights for the source: `{ [operator_id]: weight }`. */
  async weights(source_id: number, weights: Record<number, number>): Promise<void> {
    for (const [operator_id, weight] of Object.entries(weights))
      value(await this.engine.write('admin', (write) => setCompetence(write, Number(operator_id), source_id, weight)));
  }

  /** Runs any use case as the admin. */
  do<T>(command: (write: Write) => Answer<T>): Promise<Result<T>> {
    return this.engine.write('admin', command);
  }

  /** Rows straight from the database. */
  rows<Row>(sql: string, ...values: Value[]): Row[] {
    return this.engine.read.store.reading.all<Row>(sql, ...values);
  }

  submit(source_id: number, input: ContactInput = {}, idempotency_key: string | null = null) {
    return this.engine.write(`source:${source_id}`, (write) => submitContact(write, { input: { ...input, source_id }, idempotency_key, fingerprint: null }));
  }
}
