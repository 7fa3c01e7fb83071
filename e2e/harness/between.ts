/** A proxy between a console and its host: passes everything on, holds answers back, answers itself, or cuts the connection. */
import type { Page, WebSocketRoute } from '@playwright/test';

interface Call {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly path: string };
}

type Way = 'through' | 'held' | 'fails' | 'refuses';

export class Between {
  /** the changes that the console has sent, by name, since `forget` */
  sent: string[] = [];
  #way: Way = 'through';
  readonly #page: Page;
  /** the changes that the host has answered, by name, since `keepNewsBack` */
  answered: string[] = [];
  #news: (() => void)[] | null = null;
  readonly #deaf = new Set<WebSocketRoute>();
  #open: WebSocketRoute[] = [];
  #held: (() => void)[] = [];

  private constructor(page: Page) {
    this.#page = page;
  }

  static async stand(page: Page): Promise<Between> {
    const between = new Between(page);
    await page.routeWebSocket(/\/console\/ws/, (console) => between.#take(console));
    await page.addInitScript(() => {
      window.WebSocket = new Proxy(window.WebSocket, {
        construct: (Socket, [url]: [string]) => new Socket(document.documentElement.dataset.cut ? url.replace(/ws$/, 'nothing') : url),
      });
    });
    return between;
  }

  /** What happens to changes from now on. `fails`: the host has a bug; `refuses`: it answers with a problem. */
  let(way: Way): void {
    this.#way = way;
    this.sent = [];
  }

  /** Passes on every change that was held back, and all later ones. */
  release(): void {
    this.#way = 'through';
    for (const send of this.#held.splice(0)) send();
  }

  /** Holds changes of the board back, while answers pass, until the returned function is called. */
  keepNewsBack(): () => void {
    this.#news = [];
    this.answered = [];
    return () => {
      const kept = this.#news ?? [];
      this.#news = null;
      for (const send of kept) send();
    };
  }

  /** Simulates a host that dies: nothing under way is ever answered, and reconnections fail. */
  async cut(): Promise<void> {
    this.#held = [];
    await this.#page.evaluate(() => {
      document.documentElement.dataset.cut = 'yes';
    });
    for (const console of this.#open.splice(0)) await console.close();
  }

  /** Simulates a socket after sleep: it stays open, and nothing arrives any more. */
  deafen(): void {
    for (const console of this.#open) this.#deaf.add(console);
  }

  async mend(): Promise<void> {
    this.#way = 'through';
    await this.#page.evaluate(() => {
      delete document.documentElement.dataset.cut;
    });
  }

  #change(call: Call, console: WebSocketRoute, host: WebSocketRoute): void {
    const { path = '' } = call.params ?? {};
    this.sent.push(path);
    const send = () => host.send(JSON.stringify(call));
    if (this.#way === 'through') send();
    else if (this.#way === 'held') this.#held.push(send);
    else console.send(JSON.stringify({ id: call.id, ...(this.#way === 'fails' ? bug(path) : no) }));
  }

  #take(console: WebSocketRoute): void {
    this.#open.push(console);
    const host = console.connectToServer();
    const paths = new Map<number | undefined, string>();
    console.onMessage((message) => {
      if (this.#deaf.has(console)) return;
      const calls = callsIn(message);
      for (const { id, params } of calls) if (params) paths.set(id, params.path);
      const others = calls.filter(({ method }) => method !== 'mutation');
      if (others.length === calls.length) return host.send(message);
      if (others.length > 0) host.send(JSON.stringify(others));
      for (const call of calls) if (call.method === 'mutation') this.#change(call, console, host);
    });
    host.onMessage((message) => {
      if (this.#deaf.has(console)) return;
      const path = paths.get(callIn(message)?.id);
      if (this.#news && path === 'changes') {
        this.#news.push(() => console.send(message));
        return;
      }
      console.send(message);
      if (path !== undefined) this.answered.push(path);
    });
  }
}

const bug = (path: string) => ({ error: { message: 'planted', code: -32603, data: { code: 'INTERNAL_SERVER_ERROR', httpStatus: 500, path } } });
const no = { result: { type: 'data', data: { ok: false, problem: { code: 'changed_since', detail: 'planted' } } } };

/** Calls made at the same time are sent together. */
function callsIn(message: string | Buffer): Call[] {
  const text = message.toString();
  if (text.startsWith('[')) return JSON.parse(text) as Call[];
  return text.startsWith('{') ? [JSON.parse(text) as Call] : [];
}

function callIn(message: string | Buffer): Call | null {
  const calls = callsIn(message);
  return calls.length === 1 ? (calls[0] ?? null) : null;
}
