import { once } from 'node:events';
import { expect, test } from 'vitest';
import { Desk } from '#engine/testing/desk.ts';
import type { Exports } from '#reports/exports.ts';
import { FlowCounter } from '#reports/flow.ts';
import type { Reports } from '#reports/reports.ts';
import type { Scheduler } from '#reports/scheduler.ts';
import type { HostInfo } from '#shared/contract/desk.ts';
import { consolePrincipal } from '#shared/contract/principal.ts';
import { ok } from '#shared/contract/problems.ts';
import { decodeRun, type PackedRun } from '#shared/contract/runs.ts';
import type { BackupKeeper } from '#vault/backups.ts';
import { createHost } from './host.ts';
import { Runs } from './runs.ts';
import { type ConnectConsole, serveConsole } from './serve.ts';
import { TextPipe } from './text-pipe.ts';

const info: HostInfo = {
  version: '1',
  api_url: 'http://127.0.0.1:1',
  network: 'none',
  fingerprint: null,
  language: 'ru',
  time_zone: 'Europe/Moscow',
  demo_running: false,
  has_demo: false,
  closed: null,
  now: 1,
};

/** The administrator of the machine. */
const me = { id: null, name: null, role: 'administrator', operator_id: null };
const noBackups = {} as BackupKeeper; // not used in these tests
const noReader = { ask: () => Promise.reject(new Error('nothing here asks it')) };
const noReports = {} as Reports;
const noExports = {} as Exports;

interface Message {
  id: number;
  result?: { type: 'data' | 'started' | 'stopped'; data?: unknown };
  error?: { message: string; data: { code: string } };
}

/** A console as the host sees it: text in, text out. */
class FakeConsole {
  readonly heard: Message[] = [];
  readonly pipe: TextPipe;
  readonly #said = new EventTarget();

  constructor(connect: ConnectConsole) {
    this.pipe = new TextPipe((text) => {
      this.heard.push(JSON.parse(text) as Message);
      this.#said.dispatchEvent(new Event('said'));
    });
    connect(this.pipe, consolePrincipal);
  }

  say(id: number, method: 'query' | 'mutation' | 'subscription', path: string, input?: unknown): void {
    this.pipe.receive(JSON.stringify({ id, method, params: { path, input } }));
  }

  ask(...[id, ...call]: Parameters<FakeConsole['say']>): Promise<Message> {
    this.say(id, ...call);
    return this.next((message) => message.id === id);
  }

  /** The first matching message, already received or yet to come. */
  async next(fits: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const found = this.heard.find(fits);
      if (found) return found;
      await once(this.#said, 'said');
    }
  }

  /** Revisions of the received changes, in order of arrival. */
  revisions(id: number): number[] {
    const runs = this.heard.flatMap((message) => (message.id === id && message.result?.type === 'data' ? decodeRun(message.result.data as PackedRun) : []));
    return runs.map((change) => change.revision);
  }

  async heardRevision(id: number, revision: number): Promise<void> {
    while (!this.revisions(id).includes(revision)) await once(this.#said, 'said');
  }
}

function desk() {
  const { engine } = new Desk();
  const bugs: [string | undefined, string][] = [];
  const runs = new Runs((listener) => engine.watch(listener));
  const watching = { count: 0 };
  const host = createHost(engine, {
    info: () => info,
    runs: {
      watch(listener) {
        const stop = runs.watch(listener);
        watching.count += 1;
        return () => {
          watching.count -= 1;
          stop();
        };
      },
    },
    alerts: { watch: () => () => undefined },
    flow: new FlowCounter({ engine, reader: noReader, now: () => 0, timeZone: 'UTC' }),
    demo: {
      start: async () => ok(null),
      stop: () => undefined,
      besides: () => ({ operators: 0, sources: 0, contacts: 0 }),
      remove: async () => ok({ before: null, quarantine: null }),
    },
    backups: noBackups,
    reader: noReader,
    reports: noReports,
    exports: noExports,
    scheduler: {} as Scheduler,
  });
  return { engine, bugs, host, watching, connect: serveConsole(host, (path, error) => bugs.push([path, error.message])) };
}

test('a call is answered on its own pipe', async () => {
  const { connect } = desk();
  const [one, two] = [new FakeConsole(connect), new FakeConsole(connect)];
  expect((await one.ask(7, 'query', 'info')).result?.data).toEqual({ ...info, me });
  expect(two.heard).toEqual([]);
});

test('a change by one console reaches every console once and in order, and is on the board', async () => {
  const { connect } = desk();
  const consoles = [new FakeConsole(connect), new FakeConsole(connect), new FakeConsole(connect)] as const;
  for (const each of consoles) await each.ask(1, 'subscription', 'changes');
  for (let nth = 0; nth < 20; nth++) consoles[0].say(100 + nth, 'mutation', 'createOperator', { name: `operator ${nth}`, is_active: true, max_load: 1 });
  for (const each of consoles) await each.heardRevision(1, 20);
  for (const each of consoles) expect(each.revisions(1)).toEqual(Array.from({ length: 20 }, (_, nth) => nth + 1));
  expect((await consoles[1].ask(2, 'query', 'board')).result?.data).toMatchObject({ revision: 20 });
});

test('an expected failure comes back as a value, with its code', async () => {
  const { connect, bugs } = desk();
  const console = new FakeConsole(connect);
  await console.ask(1, 'mutation', 'createOperator', { name: 'Anna', is_active: true, max_load: 1 });
  expect((await console.ask(2, 'mutation', 'createOperator', { name: 'Anna', is_active: true, max_load: 1 })).result?.data).toMatchObject({
    ok: false,
    problem: { code: 'name_taken' },
  });
  expect(bugs).toEqual([]);
});

test('malformed input is refused by validation, and is not reported as a bug', async () => {
  const { connect, bugs } = desk();
  const console = new FakeConsole(connect);
  const refused = await console.ask(1, 'mutation', 'setCompetence', { operator_id: 1, source_id: 1, weight: -5 });
  expect(refused.error?.data).toEqual({ code: 'BAD_REQUEST', httpStatus: 400, path: 'setCompetence' });
  console.pipe.receive('this is not JSON');
  expect((await console.next((message) => message.id === null)).error?.data.code).toBe('PARSE_ERROR');
  expect(JSON.stringify(console.heard)).not.toMatch(/stack|node_modules/);
  expect(bugs).toEqual([]);
});

test('a bug in a call is reported, and the console keeps working', async () => {
  const { connect, host, bugs } = desk();
  host.board = () => {
    throw new Error('broken board');
  };
  const console = new FakeConsole(connect);
  const { error } = await console.ask(1, 'query', 'board');
  // neither the stack nor the error's message: both may name files or quote personal data
  expect(error).toEqual({
    message: 'The host failed. Its log says why.',
    code: -32603,
    data: { code: 'INTERNAL_SERVER_ERROR', httpStatus: 500, path: 'board' },
  });
  expect(bugs).toEqual([['board', 'broken board']]);
  expect((await console.ask(2, 'query', 'info')).result?.data).toEqual({ ...info, me });
});

test('a disconnected console is no longer sent changes', async () => {
  const { connect, watching } = desk();
  const console = new FakeConsole(connect);
  await console.ask(1, 'subscription', 'changes');
  await expect.poll(() => watching.count).toBe(1);
  console.pipe.close();
  await expect.poll(() => watching.count).toBe(0);
});
