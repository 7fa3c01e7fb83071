/** No phone, e-mail, name, message text or token gets into a log, neither in normal operation nor on errors. */
import Database from 'better-sqlite3';
import type { Contact } from '#shared/contract/entities.ts';
import type { Finding } from '../faults/harness/verdict.ts';
import { canary } from './harness/canary.ts';
import { exchange, requestOf } from './harness/raw.ts';
import { onStage, type Stage } from './harness/stage.ts';

export const logsKnowNobody = (mutant?: string): Promise<Finding> =>
  onStage(mutant, async (stage) => {
    const key = stage.source.api_key;
    const contact = await stage.handIn(key, { ...canary, external_id: 'tg-canary-8' });
    const lead_id = (contact?.body as Contact | null)?.lead_id ?? 0;
    const calls = [
      ...[canary.phone, canary.email].map((text) => ['GET', `/leads?phone=${encodeURIComponent(text)}&email=${encodeURIComponent(text)}`] as const),
      ['GET', `/leads/${lead_id}`],
      ['GET', `/leads/${lead_id}/export`],
      ['POST', '/operators', { name: canary.name, max_load: 3 }],
      ['POST', '/operators', { name: canary.name, max_load: 3 }],
      ['PATCH', '/operators/1', { name: canary.name, max_load: canary.message }],
      ['POST', '/leads', { phone: canary.phone, email: canary.email, name: canary.name }],
      ['GET', `/nowhere/${encodeURIComponent(canary.name)}?token=${key}&email=${encodeURIComponent(canary.email)}`],
    ] as const;
    for (const [method, path, body] of calls) await ask(stage, method, path, body);
    await exchange(stage.apiUrl, requestOf('POST /contacts', stage.headers, JSON.stringify(canary).slice(0, -2)));
    await exchange(stage.apiUrl, requestOf('POST /contacts', [...stage.headers, `X-Note: ${canary.email}`], JSON.stringify({ ...canary, name: 7 })));

    // unexpected errors: unparsable text in rows, and a database that others lock and damage
    const stranger = new Database(stage.host.database);
    stranger.prepare('UPDATE contacts SET attributes = ?').run(`{"${canary.name}": ${canary.email}`);
    for (const path of ['/contacts', '/contacts/1', `/leads/${lead_id}`, `/leads/${lead_id}/export`]) await ask(stage, 'GET', path);
    stranger.exec(`CREATE TRIGGER stranger BEFORE INSERT ON contacts BEGIN SELECT RAISE(ABORT, '${canary.phone} ${canary.email}'); END`);
    const broken = await stage.handIn(key, { ...canary, external_id: 'tg-canary-9' });
    stranger.exec('DROP TRIGGER stranger; BEGIN IMMEDIATE');
    await stage.handIn(key, { ...canary, external_id: 'tg-canary-10' });
    stranger.exec('ROLLBACK');
    stranger.close();
    const words = broken?.status === 503 ? [] : [`no error occurred: with a broken database the answer was ${broken?.status}`];
    return { isSound: words.length === 0, figures: `${calls.length + 12} requests with personal data`, words };
  });

async function ask(stage: Stage, method: string, path: string, body?: object): Promise<void> {
  const response = await fetch(stage.apiUrl + path, {
    method,
    headers: { authorization: `Bearer ${stage.host.adminToken}`, ...(body && { 'content-type': 'application/json' }) },
    body: body ? JSON.stringify(body) : null,
  });
  await response.arrayBuffer();
}
