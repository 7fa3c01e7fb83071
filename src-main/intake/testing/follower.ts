/** A client of `GET /events` that records what it receives, byte for byte. */
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';

export interface Heard {
  readonly id: number;
  readonly event: string;
  // biome-ignore lint/suspicious/noExplicitAny: arbitrary event data; tests compare whole values
  readonly data: any;
}

export class Follower {
  readonly response: IncomingMessage;
  text = '';
  isOver = false;
  readonly #news = new EventTarget();

  private constructor(response: IncomingMessage) {
    this.response = response;
    response.setEncoding('utf8').on('data', (chunk: string) => {
      this.text += chunk;
      this.#news.dispatchEvent(new Event('news'));
    });
    response.on('error', () => {}); // the connection may be cut off
    response.on('close', () => {
      this.isOver = true;
      this.#news.dispatchEvent(new Event('news'));
    });
  }

  static async open(url: string, token: string, headers: Record<string, string> = {}): Promise<Follower> {
    const request = get(url, { agent: false, headers: { authorization: `Bearer ${token}`, ...headers } });
    const [response] = (await once(request, 'response')) as [IncomingMessage]; // the event's argument
    return new Follower(response);
  }

  get events(): Heard[] {
    return this.text.split('\n\n').flatMap((block) => {
      const [, id, event, data] = /^id: (\d+)\nevent: (\w+)\ndata: (.*)$/.exec(block) ?? [];
      return data === undefined ? [] : [{ id: Number(id), event: event ?? '', data: JSON.parse(data) }];
    });
  }

  get revisions(): number[] {
    return this.events.map(({ id }) => id);
  }

  /** Waits until the recorded events satisfy the condition. */
  async until(fits: () => boolean): Promise<void> {
    while (!fits()) {
      if (this.isOver) throw new Error(`the stream ended with ${this.text.length} characters`);
      await once(this.#news, 'news');
    }
  }

  async heard(revision: number): Promise<void> {
    await this.until(() => this.text.includes(`\nid: ${revision}\nevent`) && this.text.endsWith('\n\n'));
  }

  async over(): Promise<void> {
    while (!this.isOver) await once(this.#news, 'news');
  }

  leave(): void {
    this.response.destroy();
  }
}
