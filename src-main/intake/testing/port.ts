/** The intake on a real port over a real engine, with a client that exposes complete answers. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { Sessions } from '#engine/access/sessions.ts';
import { SignIn } from '#engine/access/sign-in.ts';
import { Desk } from '#engine/testing/desk.ts';
import type { App } from '#intake/app.ts';
import type { Clock } from '#intake/clock.ts';
import type { Connections } from '#intake/connections.ts';
import { listen } from '#intake/listen.ts';
import { createIntake, type IntakeOptions } from '#intake/server.ts';

export const ADMIN_TOKEN = 'admin-token-of-the-tests-0123456789';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: arbitrary answers; tests compare whole values
  readonly body: any;
}

export interface Call {
  readonly token?: string | null;
  readonly body?: unknown;
  readonly raw?: string | Uint8Array;
  readonly headers?: Record<string, string>;
}

/** As `fetch`. On a busy machine it may send on a connection that the server is just closing because it was idle; nobody has read that request, so it is sent again. */
async function fetchOpen(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (((error as Error).cause as { code?: string } | undefined)?.code !== 'UND_ERR_SOCKET') throw error;
    return await fetch(url, init);
  }
}

export class Port {
  readonly desk: Desk;
  readonly sessions: Sessions;
  readonly app: App;
  readonly port: number;
  readonly connections: Connections;
  readonly logged: string[];

  private constructor(parts: Pick<Port, 'desk' | 'sessions' | 'app' | 'port' | 'connections' | 'logged'>) {
    this.desk = parts.desk;
    this.sessions = parts.sessions;
    this.app = parts.app;
    this.port = parts.port;
    this.connections = parts.connections;
    this.logged = parts.logged;
  }

  static async open(
    prepare: (app: App) => void = () => {},
    desk = new Desk(),
    clock?: Clock,
    door: Pick<IntakeOptions, 'allowedHosts' | 'certificates'> = {},
  ): Promise<Port> {
    const logged: string[] = [];
    const log = { error: (fields: object, message: string) => void logged.push(JSON.stringify({ ...fields, message })) };
    const sessions = new Sessions({ engine: desk.engine, now: () => desk.now, adminToken: ADMIN_TOKEN, log: () => {} });
    const signIn = new SignIn({ engine: desk.engine, sessions, now: () => desk.now, adminToken: ADMIN_TOKEN });
    const app = createIntake({ engine: desk.engine, adminToken: ADMIN_TOKEN, version: '1.2.3', log, sessions, signIn, ...door, ...(clock && { clock }) });
    prepare(app);
    const { port, connections } = await listen(app, { port: 0 });
    return new Port({ desk, sessions, app, port, connections, logged });
  }

  async close(): Promise<void> {
    await this.app.close();
    this.desk.engine.close();
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Sends a request, by default with the admin token, and with a JSON body if given. */
  async call(method: string, path: string, { token = ADMIN_TOKEN, body, raw, headers }: Call = {}): Promise<Answer> {
    const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetchOpen(this.origin + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...(sent !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(sent !== undefined && { body: sent as BodyInit }),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  }

  /** Sends these bytes and returns everything received until the connection ends. */
  async raw(bytes: string | Uint8Array, host = '127.0.0.1'): Promise<string> {
    const socket = connect(this.port, host);
    await once(socket, 'connect');
    socket.on('error', () => {}); // being cut off while sending is a valid outcome
    socket.write(bytes);
    let answer = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      answer += chunk;
    });
    await once(socket, 'close');
    return answer;
  }

  /** Creates a source with a key and an operator who takes its contacts. */
  async source(name: string, max_load = 10): Promise<{ source_id: number; key: string; operator_id: number }> {
    const { body } = await this.call('POST', '/sources', { body: { name } });
    const operator_id = await this.desk.operator(`operator of ${name}`, max_load);
    await this.desk.weights(body.id, { [operator_id]: 10 });
    return { source_id: body.id, key: body.api_key, operator_id };
  }
}
