/**
 * The session of this browser, which identifies it to the host: it came with the page that a link opened, and all tabs of this address share it.
 * It is never sent: see session-proof.ts.
 */
import { create } from 'zustand';
import type { SignedIn, SignInInput } from '#shared/contract/people.ts';
import type { Problem } from '#shared/contract/problems.ts';
import { INVITED_META, SESSION_META, SIGN_IN_META, SIGN_IN_PATH } from '#shared/contract/sessions.ts';

/** `ended`: the host no longer knows the session. `none`: this browser never had one. `invited`: the page is that of an invitation. */
type SessionState = 'here' | 'ended' | 'none' | 'invited';

export interface BrowserSession {
  readonly id: number;
  /** 32 bytes, hexadecimal */
  readonly secret: string;
}

const KEY = 'switchyard.session';
/** Tells the host that a person has signed in here before. */
const DEVICE_KEY = 'switchyard.device';
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
let replaced: BrowserSession | null = null;

/** The replaced session, once; null when there is none. */
export function takeReplaced(): BrowserSession | null {
  const taken = replaced;
  replaced = null;
  return taken;
}

/** Takes the session that came with the page, and removes it from the page and its address. */
function adopt(): void {
  const brought = document.querySelector(`meta[name="${SESSION_META}"]`);
  if (!brought) return;
  replaced = currentSession();
  keep(brought.getAttribute('content'));
  brought.remove();
  history.replaceState(null, '', location.pathname + location.hash);
}

if (!window.switchyard) adopt();

/** Whom the page invites; null: it is no invitation. */
export const invited = document.querySelector(`meta[name="${INVITED_META}"]`)?.getAttribute('content') ?? null;
/** Whether people can sign in here with a password. */
export const hasPasswords = document.querySelector(`meta[name="${SIGN_IN_META}"]`) !== null;
let isInvited = invited !== null;

const now = (): SessionState => (isInvited ? 'invited' : window.switchyard || currentSession() ? 'here' : 'none');

/** Why nobody was signed in. `unreachable`: the host did not answer. */
export type SignInFailure = Pick<Problem, 'code'> & { readonly retryAfterSeconds: number | null };

/** Signs in with name and password. Null: it worked. */
export const signIn = (name: string, password: string): Promise<SignInFailure | 'unreachable' | null> => ask({ name, password, ...knownDevice() });

/** Accepts the invitation of this page. Null: it worked. */
export const acceptInvitation = (password: string): Promise<SignInFailure | 'unreachable' | null> =>
  ask({ invitation: new URLSearchParams(location.search).get('invite') ?? '', password });

async function ask(input: SignInInput): Promise<SignInFailure | 'unreachable' | null> {
  try {
    const response = await fetch(SIGN_IN_PATH, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(input) });
    const body = (await response.json()) as SignedIn | Problem; // as the API documents it
    if ('code' in body) return { code: body.code, retryAfterSeconds: Number(response.headers.get('retry-after')) || null };
    replaced = currentSession();
    keep(`${body.id}.${body.secret}`);
    keepDevice(body.device);
    isInvited = false;
    history.replaceState(null, '', location.pathname + location.hash);
    useSession.setState({ state: 'here' });
    return null;
  } catch {
    return 'unreachable';
  }
}

function knownDevice(): { device?: string } {
  try {
    const device = localStorage.getItem(DEVICE_KEY);
    return device === null ? {} : { device };
  } catch {
    return {};
  }
}

function keepDevice(device: string): void {
  try {
    localStorage.setItem(DEVICE_KEY, device);
  } catch {
    // then this browser counts as unknown
  }
}

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
