/**
 * What HTTP, JSON and the disk cost without any logic: bare node:http, and for each contact the same number of rows in the same
 * tables through bare better-sqlite3, committed in groups by setImmediate. No validation, no authentication, no identification, no draw.
 * `npm run bench:floor [-- --seconds N --rounds N --connections N]`
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openStore } from '#store/sqlite/open.ts';
import { freshDir, MIGRATIONS, NO_LIMIT } from './measure.ts';
import { type Host, loadOptions, pass, printPasses } from './passes.ts';

export async function floorHost(operators: number): Promise<Host> {
  const file = join(freshDir(), 'floor.db');
  openStore(file, { migrations: MIGRATIONS }).close(); // creates the tables
  const db = new Database(file);
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'secure_delete = ON', 'cache_size = -65536']) db.pragma(pragma);
  const now = Date.now();
  db.prepare("INSERT INTO sources (name, name_key, settings, created_at) VALUES ('Bench', 'bench', '{}', ?)").run(now);
  const addOperator = db.prepare('INSERT INTO operators (name, name_key, is_active, max_load, active_changed_at, created_at) VALUES (?, ?, 1, ?, ?, ?)');
  for (let i = 1; i <= operators; i++) addOperator.run(`Operator ${i}`, `operator ${i}`, NO_LIMIT, now, now);
  db.prepare("INSERT INTO rosters (source_id, members, created_at) VALUES (1, '[]', ?)").run(now);

  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const lead = db.prepare('INSERT INTO leads (name, operator_id, created_at) VALUES (?, ?, ?)');
  const identifier = db.prepare("INSERT INTO lead_identifiers (kind, value, lead_id, created_at) VALUES ('phone', ?, ?, ?)");
  const contact = db.prepare(
    "INSERT INTO contacts (source_id, lead_id, operator_id, status, message, attributes, made_lead, created_at, assigned_at, idempotency_key, fingerprint) VALUES (1, ?, ?, 'assigned', ?, ?, 1, ?, ?, ?, ?)",
  );
  const load = db.prepare(
    "UPDATE operators SET current_load = current_load + 1, last_assigned_at = ?, assigned_on = '2026-11-22', assigned_count = assigned_count + 1 WHERE id = ?",
  );
  const decision = db.prepare(
    "INSERT INTO decisions (contact_id, at, kind, roster_id, loads, sum, r, operator_id, weight) VALUES (?, ?, 'draw', 1, ?, 100, 1, ?, 1)",
  );
  const journal = db.prepare(
    "INSERT INTO journal (at, actor, kind, contact_id, operator_id, source_id, chain) VALUES (?, 'source:1', 'contact_assigned', ?, ?, 1, ?)",
  );
  const fingerprint = Buffer.alloc(32, 1);
  const loads = Buffer.alloc(operators, 1);

  interface Waiting {
    readonly body: { phone: string; name: string; message: string; attributes: object };
    readonly key: string;
    answer(id: number): void;
  }
  let group: Waiting[] = [];
  const flush = () => {
    const at = Date.now();
    const taken = group;
    group = [];
    begin.run();
    const ids = taken.map(({ body, key }, i) => {
      const operator_id = 1 + (i % operators);
      const lead_id = lead.run(body.name, operator_id, at).lastInsertRowid;
      identifier.run(body.phone, lead_id, at);
      const id = contact.run(lead_id, operator_id, body.message, JSON.stringify(body.attributes), at, at, key, fingerprint).lastInsertRowid;
      load.run(at, operator_id);
      decision.run(id, at, loads, operator_id);
      journal.run(at, id, operator_id, fingerprint);
      return Number(id);
    });
    commit.run();
    for (const [i, { answer }] of taken.entries()) answer(ids[i] ?? 0);
  };

  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      if (group.length === 0) setImmediate(flush);
      const answer = (id: number) => {
        const text = JSON.stringify({ id, status: 'assigned' });
        response.writeHead(201, { 'content-type': 'application/json', 'content-length': text.length }).end(text);
      };
      group.push({ body: JSON.parse(Buffer.concat(parts).toString()), key: String(request.headers['idempotency-key']), answer });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  return {
    url: `http://127.0.0.1:${port}`,
    token: 'none',
    async close() {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      db.close();
    },
  };
}

if (import.meta.main) {
  const options = loadOptions();
  printPasses(await pass([['floor', floorHost]], options), options);
}
