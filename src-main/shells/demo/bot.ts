/**
 * A bot such as users write, to show the desk at work: it posts contacts through the real port, some from people who
 * came before, and closes them when an operator would be done.
 */
import { randomInt, randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { z } from 'zod';
import { someContact } from './some-contact.ts';
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
