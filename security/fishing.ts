/**
 * A source that knows only a phone number, an e-mail or an external id of another source's lead, and queries every call and the event
 * stream about it. No answer may contain anything that it did not send itself.
 */

import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Choice } from '#shared/contract/choice.ts';
import type { Contact, CreatedSource, Operator } from '#shared/contract/entities.ts';
import type { Finding } from '../faults/harness/verdict.ts';
import { canary } from './harness/canary.ts';
import { onStage, type Stage } from './harness/stage.ts';

type Bait = 'phone' | 'email' | 'external_id';

/** How each part of the personal data would appear in an answer. */
const LOOKS: Readonly<Record<keyof typeof canary, RegExp>> = {
  phone: /9161112233|111-22-33/,
  email: /kukushka/i,
  external_id: /tg-canary/,
  name: /Канарейкин/,
  message: /одуванчик/,
  attributes: /Вишнёвый/,
};
const HOLDER = 'Оператор-Незнакомка';
const PATIENCE_MS = 8000;

interface Fisher {
  readonly bait: Bait;
  readonly source: CreatedSource;
  readonly caught: string[];
  asked: number;
}

export const fishing = (mutant?: string): Promise<Finding> =>
  onStage(mutant, async (stage) => {
    const words: string[] = [];
    const owner = await furnish(stage);
    let asked = 0;
    for (const bait of ['phone', 'email', 'external_id'] as const) {
      const fisher: Fisher = { bait, source: await newSource(stage, `Fisher by ${bait}`), caught: [], asked: 0 };
      const stream = await follow(stage, fisher);
      await fish(stage, fisher, owner);
      await stream.until(fisher.caught);
      words.push(...new Set(fisher.caught));
      asked += fisher.asked;
    }
    words.push(...(await askForOwner(stage)));
    asked += 3;
    return { isSound: words.length === 0, figures: `${asked} answers to three sources that each know one identifier, and their event streams`, words };
  });

/** The person is a lead of the stage's own source, held by an operator who works only for that source. */
async function furnish(stage: Stage): Promise<Contact> {
  const operator = await admin<Operator>(stage, 'POST', '/operators', { name: HOLDER, max_load: 10_000 });
  await admin(stage, 'PUT', `/sources/${stage.source.id}/competences`, [{ operator_id: operator.id, weight: 1 }]);
  const answer = await stage.handIn(stage.source.api_key, canary, 'of-the-owner');
  return answer?.body as Contact; // 201: the operator takes ten thousand
}

/**
 * A contact of a lead whose operator is known from another source, and full: the source must not learn whom or how long it waits for, neither from
 * a contact nor from a dry run, which is answered as for somebody nobody knows.
 */
async function askForOwner(stage: Stage): Promise<string[]> {
  const first = await newSource(stage, 'Source of the owner');
  const other = await newSource(stage, 'Source that waits for the owner');
  const known = (await stage.handIn(first.api_key, { external_id: 'tg-owned' }, 'owned'))?.body as Contact; // 201: its operator has room
  await admin(stage, 'PUT', `/operators/${known.operator_id}/competences/${other.id}`, { weight: 1 });
  await admin(stage, 'PATCH', `/operators/${known.operator_id}`, { max_load: 0 });
  await admin(stage, 'PATCH', `/sources/${other.id}/rule`, { owner: { mode: 'days', wait_seconds: 600 } });
  const dry = [];
  for (const external_id of ['tg-owned', 'tg-unheard-of']) {
    const { at: _, ...told } = await dryRun(stage, other, { external_id });
    dry.push(JSON.stringify(told));
  }
  const words = dry[0] === dry[1] ? [] : ['a dry run discloses that the lead is known elsewhere'];
  const asked = await stage.handIn(other.api_key, { external_id: 'tg-owned' }, 'asked');
  const { waiting_reason, next_at, owner_id } = (asked?.body ?? {}) as Contact; // 201: it waits
  if (waiting_reason === null) words.push('the contact did not wait for the owner');
  if (waiting_reason === 'owner_busy' || next_at !== null || owner_id !== null) words.push('the answer discloses that the lead has an owner elsewhere');
  return words;
}

async function dryRun(stage: Stage, { id, api_key }: CreatedSource, body: object): Promise<Choice> {
  const response = await fetch(`${stage.apiUrl}/sources/${id}/choose`, {
    method: 'POST',
    headers: { authorization: `Bearer ${api_key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`the dry run was answered ${response.status}`);
  return (await response.json()) as Choice; // the API promises this shape
}

async function newSource(stage: Stage, name: string): Promise<CreatedSource> {
  const source = await admin<CreatedSource>(stage, 'POST', '/sources', { name, settings: { rate_limit_per_second: null } });
  const operator = await admin<Operator>(stage, 'POST', '/operators', { name: `Operator of ${name}`, max_load: 10_000 });
  await admin(stage, 'PUT', `/operators/${operator.id}/competences/${source.id}`, { weight: 1 });
  return source;
}

async function fish(stage: Stage, fisher: Fisher, owner: Contact): Promise<void> {
  const { bait } = fisher;
  const sent = { [bait]: canary[bait] };
  const own = await caught(stage, fisher, 'POST', '/contacts', sent, 'fish-1');
  const { id } = JSON.parse(own) as Contact;
  await caught(stage, fisher, 'POST', '/contacts', sent, 'fish-1'); // a replay
  await caught(stage, fisher, 'POST', '/contacts', { ...sent, external_id: bait === 'external_id' ? canary.external_id : `own-${bait}` });
  await caught(stage, fisher, 'POST', '/contacts', { ...sent, name: 7 });
  await caught(stage, fisher, 'POST', '/contacts', { ...sent, source_id: stage.source.id });
  await caught(stage, fisher, 'POST', '/contacts', { ...sent, message: 'another body' }, 'fish-1');
  await caught(stage, fisher, 'POST', '/contacts', { ...sent, message: "another source's key" }, 'of-the-owner');
  for (const query of ['', `?lead_id=${owner.lead_id}`, `?operator_id=${owner.operator_id}`, '?status=assigned', '?limit=500'])
    await caught(stage, fisher, 'GET', `/contacts${query}`);
  await everyCall(stage, fisher, sent, [owner.id, id]);

  // the owner continues; events about that must not reach the others
  await stage.handIn(stage.source.api_key, { ...canary, external_id: `tg-canary-${bait}`, phone: canary.phone });
  await stage.handIn(stage.source.api_key, { external_id: `tg-canary-alone-${bait}`, name: canary.name });
  await stage.handIn(stage.source.api_key, { external_id: `tg-canary-alone-${bait}`, phone: canary.phone });
  for (const path of [`/contacts/${id}`, '/contacts']) await caught(stage, fisher, 'GET', path);
  await caught(stage, fisher, 'POST', `/contacts/${id}/close`);
  await guessName(stage, fisher);
}

/** A correct guess at the name gets the same answer as a wrong one. */
async function guessName(stage: Stage, fisher: Fisher): Promise<void> {
  const answers = [];
  for (const name of [canary.name, 'Журавлёва Мария']) {
    const text = await caught(stage, fisher, 'POST', '/contacts', { [fisher.bait]: canary[fisher.bait], name }, undefined, 'name');
    answers.push(text.replaceAll(name, '…').replaceAll(/"(id|\w+_at)":("[^"]*"|\d+)/g, '"$1":0'));
  }
  if (answers[0] !== answers[1]) fisher.caught.push(`by ${fisher.bait}: a correct guess at the name is answered differently from a wrong one`);
}

/** Every documented call, with the owner's ids and its own. */
async function everyCall(stage: Stage, fisher: Fisher, body: object, ids: readonly number[]): Promise<void> {
  const response = await fetch(`${stage.apiUrl}/openapi.json`);
  const { paths } = (await response.json()) as { paths: Record<string, Record<string, unknown>> };
  for (const [path, methods] of Object.entries(paths))
    for (const method of Object.keys(methods)) {
      if (path === '/events') continue; // followed separately
      for (const id of ids) {
        const target = path.replaceAll(/\{\w+\}/g, String(id));
        await caught(stage, fisher, method.toUpperCase(), target, method === 'get' ? undefined : body);
      }
    }
}

/** Sends a request and records anything in the answer that was not sent. Returns the answer's text. */
async function caught(stage: Stage, fisher: Fisher, method: string, path: string, body?: object, key?: string, knows?: keyof typeof canary): Promise<string> {
  const response = await fetch(stage.apiUrl + path, {
    method,
    headers: {
      authorization: `Bearer ${fisher.source.api_key}`,
      ...(body && { 'content-type': 'application/json' }),
      ...(key !== undefined && { 'idempotency-key': key }),
    },
    body: body ? JSON.stringify(body) : null,
  });
  const text = await response.text();
  fisher.asked += 1;
  const told = [...Object.entries(LOOKS), ['operator', new RegExp(HOLDER)] as const].filter(
    ([what, look]) => what !== fisher.bait && what !== knows && look.test(text),
  );
  fisher.caught.push(...told.map(([what]) => `by ${fisher.bait}: ${method} ${path.replaceAll(/\d+/g, 'N')} discloses the ${what}`));
  return text;
}

/** Follows the events from the first. `until` waits for the closing that ends the experiment, and records what was disclosed about others. */
async function follow(stage: Stage, { bait, source }: Fisher): Promise<{ until: (caught: string[]) => Promise<void> }> {
  let text = '';
  const closed = Promise.withResolvers<void>();
  const request = get(`${stage.apiUrl}/events?last_event_id=0`, { agent: false, headers: { authorization: `Bearer ${source.api_key}` } }, (response) =>
    response.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (text.includes('contact_closed')) closed.resolve();
    }),
  );
  request.on('error', () => {}); // ended by the stage
  return {
    until: async (caught) => {
      await Promise.race([closed.promise, sleep(PATIENCE_MS, undefined, { ref: false })]);
      request.destroy();
      if (!text.includes('contact_closed')) caught.push(`by ${bait}: the stream has no event about its own contact`);
      for (const [what, look] of Object.entries(LOOKS)) if (look.test(text)) caught.push(`by ${bait}: the stream discloses the ${what}`);
      for (const [, data] of text.matchAll(/^data: (.*)$/gm)) {
        const event = JSON.parse(data ?? '{}') as { kind: string; source_id?: number };
        if (event.source_id !== source.id) caught.push(`by ${bait}: the stream has ${event.kind} of another source`);
      }
    },
  };
}

async function admin<T>(stage: Stage, method: string, path: string, body: object): Promise<T> {
  const response = await fetch(stage.apiUrl + path, {
    method,
    headers: { authorization: `Bearer ${stage.host.adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}`);
  return (await response.json()) as T; // the caller names the shape that the API promises
}
