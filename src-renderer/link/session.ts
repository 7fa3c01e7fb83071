/**
 * The session of this browser, which identifies it to the host: it came with the page that a link opened, and all tabs of this address share it.
 * It is never sent: see session-proof.ts.
 */
import { create } from 'zustand';
import { SESSION_META } from '#shared/contract/sessions.ts';

/** `ended`: the host no longer knows the session. `none`: this browser never had one. */
type SessionState = 'here' | 'ended' | 'none';

export interface BrowserSession {
  readonly id: number;
  /** 32 bytes, hexadecimal */
  readonly secret: string;
}

const KEY = 'switchyard.session';
const WRITTEN = /^([1-9]\d*)\.([0-9a-f]{64})$/;

/** Fallback without localStorage: the session lives as long as the page. */
let inMemory: string | null = null;

function kept(): string | null {
  try {
    return localStorage.getItem(KEY) ?? inMemory;
  } catch {
    return inMemory;
  }
}

function keep(written: string | null): void {
  inMemory = written;
  try {
    if (written === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, written);
  } catch {
    // it is kept in memory
  }
}

/** The stored session; null without one. */
export function currentSession(): BrowserSession | null {
  const [, id, secret] = WRITTEN.exec(kept() ?? '') ?? [];
  return id === undefined || secret === undefined ? null : { id: Number(id), secret };
}

/** The session that this browser had before the one that came with this page; the host is asked once to end it. */
let replaced: number | null = null;

/** Id of the replaced session, once; null when there is none. */
export function takeReplaced(): number | null {
  const id = replaced;
  replaced = null;
  return id;
}

/** Takes the session that came with the page, and removes it from the page and its address. */
function adopt(): void {
  const brought = document.querySelector(`meta[name="${SESSION_META}"]`);
  if (!brought) return;
  replaced = currentSession()?.id ?? null;
  keep(brought.getAttribute('content'));
  brought.remove();
  history.replaceState(null, '', location.pathname + location.hash);
}

if (!window.switchyard) adopt();

const now = (): SessionState => (window.switchyard || currentSession() ? 'here' : 'none');

export const useSession = create<{ state: SessionState }>(() => ({ state: now() }));

/** The host does not know the session: unless another tab has a newer one, this browser has none. */
export function sessionEnded(id: number): void {
  if (currentSession()?.id !== id) return;
  keep(null);
  useSession.setState({ state: 'ended' });
}

/** Resolves to the session of this browser, as soon as it has one. */
export const anySession = (): Promise<BrowserSession> =>
  new Promise((resolve) => {
    const look = () => {
      const session = currentSession();
      if (!session) return;
      stop();
      resolve(session);
    };
    const stop = useSession.subscribe(look);
    look();
  });

// another tab has followed a link, or its session has ended
window.addEventListener('storage', ({ key }) => {
  if (key !== KEY && key !== null) return;
  const is = now();
  if (is === 'none') inMemory = null;
  useSession.setState(({ state }) => ({ state: is === 'none' && state !== 'none' ? 'ended' : is }));
});
