/** A `WebSocket` look-alike for tRPC: connects when this browser has a session, and opens once the host has accepted its proof. */
import { type Challenge, type Hello, NO_SESSION, WELCOME } from '#shared/contract/sessions.ts';
import { proofOf } from '#shared/session-proof.ts';
import { anySession, type BrowserSession, sessionEnded, takeReplaced } from './session.ts';

class SessionSocketClass extends EventTarget {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  binaryType: BinaryType = 'arraybuffer';
  readyState = 0;
  #socket: WebSocket | undefined;

  constructor(url: string) {
    super();
    void anySession().then((session) => {
      if (this.readyState === SessionSocketClass.CONNECTING) this.#connect(url, session);
    });
  }

  send(message: string): void {
    this.#socket?.send(message);
  }

  close(): void {
    if (this.#socket) this.#socket.close();
    else this.#closed();
  }

  #connect(url: string, session: BrowserSession): void {
    const socket = new WebSocket(url);
    this.#socket = socket;
    let isHandshaken = false;
    socket.addEventListener('open', () => {
      isHandshaken = true;
    });
    socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
      if (this.readyState === SessionSocketClass.OPEN) this.dispatchEvent(new MessageEvent('message', { data }));
      else if (data === WELCOME) this.#opened();
      else socket.send(JSON.stringify(helloTo(data, session)));
    });
    socket.addEventListener('error', () => this.dispatchEvent(new Event('error')));
    socket.addEventListener('close', ({ code }) => {
      if (!isHandshaken) dropCookies(url);
      if (code === NO_SESSION) sessionEnded(session.id);
      this.#closed();
    });
  }

  #opened(): void {
    this.readyState = SessionSocketClass.OPEN;
    this.dispatchEvent(new Event('open'));
  }

  #closed(): void {
    if (this.readyState === SessionSocketClass.CLOSED) return;
    // callers waiting for it to open only listen for errors
    if (this.readyState === SessionSocketClass.CONNECTING) this.dispatchEvent(new Event('error'));
    this.readyState = SessionSocketClass.CLOSED;
    this.dispatchEvent(new CloseEvent('close'));
  }
}

/**
 * Any program on another port can set cookies for this path, too large for the host to accept. It answers with `Clear-Site-Data`, which browsers
 * follow in the answer to a request, but not in the answer to a handshake.
 */
const dropCookies = (url: string): void => void fetch(url.replace(/^ws/, 'http'), { cache: 'no-store' }).catch(() => undefined);

function helloTo(data: string, session: BrowserSession): Hello {
  const { challenge } = JSON.parse(data) as Challenge; // the contract's first message
  const proved = ({ id, secret }: BrowserSession) => ({ session: id, proof: proofOf(secret, challenge, location.host) });
  const replaced = takeReplaced();
  return { ...proved(session), ...(replaced && { replaces: proved(replaced) }) };
}

export const SessionSocket = SessionSocketClass as unknown as typeof WebSocket; // the parts of WebSocket that tRPC uses are all here
