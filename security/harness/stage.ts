/**
 * A host with personal data to protect: an operator, a source with a key, a lead that must not appear in the log. It counts every row, so that
 * each attempt can be checked for its effects.
 */
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { CreatedKey, CreatedSource, Operator } from '#shared/contract/entities.ts';
import { FaultHost } from '../../faults/harness/host.ts';
import { newAgent, type Sent, send } from '../../faults/harness/http.ts';
import type { Finding } from '../../faults/harness/verdict.ts';
import { canary, leaks } from './canary.ts';

/** The flags that `npm start` uses; a plain JavaScript file, because it also has to run under an old Node.js. */
const { V8_FLAGS } = (await import(join(import.meta.dirname, '..', '..', 'scripts', 'v8-flags.mjs'))) as { V8_FLAGS: readonly string[] };

/** The number of rows in each table that nobody may change without a token. */
export type Rows = Readonly<Record<string, number>>;

const TABLES = ['contacts', 'leads', 'lead_identifiers', 'refused_contacts', 'merges', 'operators', 'sources', 'source_keys', 'competences', 'journal'];

export class Stage {
  readonly host: FaultHost;
  readonly source: CreatedSource;
  /** a source that nobody serves: its contacts are refused */
  readonly unserved: CreatedSource;
  readonly revokedKey: string;
  readonly archivedKey: string;
  /** other secrets that must not appear in any log */
  readonly secrets: string[] = [];

  private constructor(host: FaultHost, made: Pick<Stage, 'source' | 'unserved' | 'revokedKey' | 'archivedKey'>) {
    this.host = host;
    this.source = made.source;
    this.unserved = made.unserved;
    this.revokedKey = made.revokedKey;
    this.archivedKey = made.archivedKey;
  }

  /** @param mutant the script in `security/mutants` that starts a broken host instead */
  static async open(mutant?: string): Promise<Stage> {
    const host = new FaultHost({ nodeArgs: V8_FLAGS, entry: mutant === undefined ? undefined : join(import.meta.dirname, '..', 'mutants', mutant) });
    chmodSync(join(host.dataDir, '..'), 0o755); // the data directory itself must keep others out
    await host.start();
    try {
      const admin = <T>(method: Sent['method'], path: string, body: object) => succeed<T>(host, { method, path, body, token: host.adminToken });
      const unlimited = { rate_limit_per_second: null };
      const operator = await admin<Operator>('POST', '/operators', { name: 'Анна', max_load: 10_000 });
      const source = await admin<CreatedSource>('POST', '/sources', { name: 'Bot', settings: unlimited });
      const unserved = await admin<CreatedSource>('POST', '/sources', { name: 'Unserved', settings: unlimited });
      const archived = await admin<CreatedSource>('POST', '/sources', { name: 'Archived' });
      await admin('PUT', `/operators/${operator.id}/competences/${source.id}`, { weight: 1 });
      const second = await admin<CreatedKey>('POST', `/sources/${source.id}/keys`, {});
      await gone(host, `/sources/${source.id}/keys/${second.id}`);
      await gone(host, `/sources/${archived.id}`);
      const stage = new Stage(host, { source, unserved, revokedKey: second.api_key, archivedKey: archived.api_key });
      await admin('POST', '/contacts', { source_id: source.id, ...canary });
      await stage.handIn(unserved.api_key, canary); // refused, and kept
      return stage;
    } catch (error) {
      await host.dispose();
      throw error;
    }
  }

  get apiUrl(): string {
    return this.host.apiUrl;
  }

  get port(): number {
    return Number(new URL(this.apiUrl).port);
  }

  /** Headers of a request that is accepted. */
  get headers(): string[] {
    return this.headersOf(this.source.api_key);
  }

  headersOf(key: string): string[] {
    return [`Host: 127.0.0.1:${this.port}`, `Authorization: Bearer ${key}`, 'Content-Type: application/json'];
  }

  /** Assigns the unserved source to the operator of the other. */
  async serveSecondSource(): Promise<void> {
    const { host, unserved } = this;
    await succeed(host, { method: 'PUT', path: `/operators/1/competences/${unserved.id}`, body: { weight: 1 }, token: host.adminToken });
  }

  async handIn(token: string, body: object, key?: string) {
    const agent = newAgent();
    const answer = await send(agent, this.apiUrl, { method: 'POST', path: '/contacts', token, body, ...(key !== undefined && { key }) });
    agent.destroy();
    return answer;
  }

  rows(): Rows {
    const db = new Database(this.host.database, { readonly: true });
    try {
      return Object.fromEntries(TABLES.map((table) => [table, db.prepare<[], number>(`SELECT COUNT(*) FROM ${table}`).pluck().get() ?? 0]));
    } finally {
      db.close();
    }
  }

  /** Stops the host and returns the traces of the person and the secrets in its logs. */
  async close(): Promise<string[]> {
    const { dataDir, adminToken } = this.host;
    const launchToken = new URL(this.host.consoleUrl).searchParams.get('token') ?? '';
    const { stderr } = await this.host.end('SIGTERM');
    return leaks(join(dataDir, 'logs'), stderr, [
      adminToken,
      launchToken,
      this.source.api_key,
      this.unserved.api_key,
      this.revokedKey,
      this.archivedKey,
      ...this.secrets,
    ]);
  }
}

/** Runs an experiment on its own stage; a leak into the log makes it fail. */
export async function onStage(mutant: string | undefined, run: (stage: Stage) => Promise<Finding>): Promise<Finding> {
  const stage = await Stage.open(mutant);
  try {
    const finding = await run(stage);
    const leaked = await stage.close();
    return {
      isSound: finding.isSound && leaked.length === 0,
      figures: finding.figures,
      words: [...(finding.words ?? []), ...leaked.map((one) => `log: ${one}`)],
    };
  } finally {
    await stage.host.dispose();
  }
}

/** The experiment must not pass on this broken host. */
export async function mustFail(mutant: string, experiment: (mutant: string) => Promise<Finding>): Promise<Finding> {
  const { isSound, figures, words = [] } = await experiment(mutant);
  return { isSound: !isSound, figures: isSound ? `was not detected: ${figures}` : `detected: ${words[0] ?? figures}`, ...(isSound && { words }) };
}

/** Describes which tables have a different number of rows than before. */
export const changed = (before: Rows, after: Rows): string[] =>
  Object.keys(before)
    .filter((table) => before[table] !== after[table])
    .map((table) => `${table}: ${before[table]} rows before, ${after[table]} after`);

async function succeed<T>(host: FaultHost, sent: Sent): Promise<T> {
  const agent = newAgent();
  const answer = await send(agent, host.apiUrl, sent);
  agent.destroy();
  if (answer === null || answer.status >= 300)
    throw new Error(`${sent.method} ${sent.path} was answered ${answer?.status ?? 'not at all'}: ${JSON.stringify(answer?.body)}`);
  return answer.body as T; // the caller names the shape that the API promises
}

async function gone(host: FaultHost, path: string): Promise<void> {
  const { ok, status } = await fetch(host.apiUrl + path, { method: 'DELETE', headers: { authorization: `Bearer ${host.adminToken}` } });
  if (!ok) throw new Error(`DELETE ${path} was answered ${status}`);
}
