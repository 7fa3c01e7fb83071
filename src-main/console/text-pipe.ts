import { EventEmitter } from 'node:events';
import type { ConsolePipe } from './serve.ts';

/** A console's pipe over any text channel, such as IPC with a window. */
export class TextPipe extends EventEmitter<{ message: [Buffer, boolean]; error: [Error]; close: [] }> implements ConsolePipe {
  readyState = 1;
  readonly #deliver: (text: string) => void;

  constructor(deliver: (text: string) => void) {
    super();
    this.#deliver = deliver;
  }

  /** host → console */
  send(text: string): void {
    if (this.readyState === 1) this.#deliver(text);
  }

  /** console → host */
  receive(text: string): void {
    if (this.readyState === 1) this.emit('message', Buffer.from(text), false);
  }

  close(): void {
    if (this.readyState !== 1) return;
    this.readyState = 3;
    this.emit('close');
  }
}
