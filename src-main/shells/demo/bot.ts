/**
 * A bot such as users write, to show the desk at work: it posts contacts through the real port, some from people who
 * came before, and closes them when an operator would be done.
 */
import { randomInt, randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { DemoWorkspace } from './workspace.ts';

export interface BotParts {
  readonly api_url: string;
  readonly token: string;
  readonly source_ids: readonly number[];
  readonly workspace: DemoWorkspace;
  readonly log: Logger;
}

const PAUSE_MS = { least: 300, most: 2200 };
/** How long an operator takes for a contact, from 10 to 50 s; the same for the same contact, so that the bot need not remember. */
const handlingMs = (contact_id: number) => 10_000 + ((contact_id * 7919) % 40_000);
/** So many people write to the demo; the fewer, the more often somebody comes back. */
const PEOPLE = 400;

const assigned = z.object({ items: z.array(z.object({ id: z.int(), source_id: z.int(), assigned_at: z.string() })) });

/** Runs until the returned function is called. */
export function runBot({ api_url, token, source_ids, workspace, log }: BotParts): () => void {
  const abort = new AbortController();
  let timer: NodeJS.Timeout | undefined;

  const call = async (method: 'GET' | 'POST', path: string, body?: object, headers: Record<string, string> = {}): Promise<unknown> => {
    const response = await fetch(api_url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }), ...headers },
      body: body ? JSON.stringify(body) : null,
      signal: abort.signal,
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${method} ${path.split('?')[0]} answered ${response.status}`);
    return answer;
  };

  const handIn = () => call('POST', '/contacts', someContact(source_ids, workspace), { 'idempotency-key': randomUUID() });

  const closeThoseDone = async () => {
    const { items } = assigned.parse(await call('GET', '/contacts?status=assigned&limit=500'));
    const done = items.filter(({ id, source_id, assigned_at }) => source_ids.includes(source_id) && Date.parse(assigned_at) + handlingMs(id) < Date.now());
    for (const { id } of done) await call('POST', `/contacts/${id}/close`, {});
  };

  const turn = async () => {
    try {
      await handIn();
      await closeThoseDone();
    } catch (err) {
      if (abort.signal.aborted) return;
      log.warn({ err }, 'the demo bot was refused');
    }
    timer = setTimeout(() => void turn(), randomInt(PAUSE_MS.least, PAUSE_MS.most));
  };
  void turn();

  return () => {
    abort.abort();
    clearTimeout(timer);
  };
}

function someContact(source_ids: readonly number[], { leads, messages }: DemoWorkspace): object {
  const person = randomInt(PEOPLE);
  const tail = String(person * 137).padStart(5, '0');
  return {
    source_id: oneOf(source_ids),
    // not everybody is known by everything: some leads are found by their phone later
    ...(person % 3 !== 0 && { external_id: `demo-${person}` }),
    ...(person % 3 !== 1 && { phone: `8 (900) 55${tail.slice(0, 1)}-${tail.slice(1, 3)}-${tail.slice(3, 5)}` }),
    name: leads[person % leads.length],
    message: oneOf(messages),
  };
}

function oneOf<T>(items: readonly T[]): T {
  const item = items[randomInt(items.length)];
  if (item === undefined) throw new Error('nothing to choose from');
  return item;
}
