/** A connection with pipelined requests: the only way to send the host more than it begins at once. */
import { connect, type Socket } from 'node:net';
import { type Measured, stopwatch } from '../../faults/harness/measured.ts';

export interface PipelinedAnswer {
  readonly status: number;
  readonly hasRetryAfter: boolean;
  /** from sending to the end of the response */
  readonly took: Measured;
}

export class Pipeline {
  readonly #socket: Socket;
  readonly #onAnswer: (answer: PipelinedAnswer) => void;
  readonly #sent: (() => Measured)[] = [];
  #unread = '';
  /** resolves when the connection has ended */
  readonly ended: Promise<void>;

  constructor(port: number, onAnswer: (answer: PipelinedAnswer) => void) {
    this.#onAnswer = onAnswer;
    this.#socket = connect(port, '127.0.0.1').setEncoding('latin1');
    this.#socket.on('error', () => {});
    this.#socket.on('data', (text: string) => this.#read(text));
    this.ended = new Promise((resolve) => this.#socket.once('close', () => resolve()));
  }

  get unanswered(): number {
    return this.#sent.length;
  }

  send(request: string): void {
    this.#sent.push(stopwatch());
    this.#socket.write(request);
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(text: string): void {
    this.#unread += text;
    for (;;) {
      const headEnd = this.#unread.indexOf('\r\n\r\n');
      if (headEnd < 0) return;
      const head = this.#unread.slice(0, headEnd).toLowerCase();
      const end = headEnd + 4 + Number(/\ncontent-length: (\d+)/.exec(head)?.[1] ?? 0);
      if (this.#unread.length < end) return;
      this.#unread = this.#unread.slice(end);
      const took = (this.#sent.shift() ?? stopwatch())();
      this.#onAnswer({ status: Number(head.slice(9, 12)), hasRetryAfter: head.includes('\nretry-after: '), took });
    }
  }
}
