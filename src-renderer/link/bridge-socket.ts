import type { Bridge } from './bridge.ts';

/** A `WebSocket` look-alike for tRPC that talks through the bridge. It opens once and stays open for the life of the window. */
export function socketOver(bridge: Bridge): typeof WebSocket {
  class BridgeSocket extends EventTarget {
    static readonly CONNECTING = 0;
    static readonly OPEN = 1;
    static readonly CLOSING = 2;
    static readonly CLOSED = 3;
    readonly CONNECTING = 0;
    readonly OPEN = 1;
    readonly CLOSING = 2;
    readonly CLOSED = 3;
    binaryType: BinaryType = 'arraybuffer';
    readyState = 0;
    readonly #stop: () => void;

    constructor() {
      super();
      this.#stop = bridge.listen((data) => this.dispatchEvent(new MessageEvent('message', { data })));
      // In a macrotask: tRPC adds its listeners after the constructor has returned.
      setTimeout(() => {
        if (this.readyState !== this.CONNECTING) return;
        this.readyState = this.OPEN;
        this.dispatchEvent(new Event('open'));
      });
    }

    send(message: string): void {
      bridge.post(message);
    }

    close(): void {
      if (this.readyState === this.CLOSED) return;
      this.readyState = this.CLOSED;
      this.#stop();
      this.dispatchEvent(new CloseEvent('close'));
    }
  }
  return BridgeSocket as unknown as typeof WebSocket; // the parts of WebSocket that tRPC uses are all here
}
