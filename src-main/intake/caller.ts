/** Authentication by token, and the caller's permissions. */
import { hash, timingSafeEqual } from 'node:crypto';
import type { Actor, Engine } from '#engine/engine.ts';

export interface Caller {
  readonly actor: Actor;
  /** null: the admin, who has access to every source */
  readonly source_id: number | null;
}

/** Who may call a route. Console routes have their own cookies and share only the Host and Origin checks. */
export type Access = 'anyone' | 'source' | 'admin' | 'console';

/** Null for a missing, malformed, revoked or unknown token; callers cannot distinguish these. */
export type Authenticate = (authorization: string | undefined) => Caller | null;

const ADMIN: Caller = { actor: 'admin', source_id: null };
const BEARER = /^bearer +([\x21-\x7e]+)$/i;

export function authenticator(engine: Pick<Engine, 'sourceOfKey'>, adminToken: string): Authenticate {
  if (adminToken.length < 16) throw new Error('the admin token is too short to keep anybody out');
  const admin = digest(adminToken);
  return (authorization) => {
    const token = BEARER.exec(authorization ?? '')?.[1] ?? '';
    const source_id = engine.sourceOfKey(token);
    if (source_id !== null) return { actor: `source:${source_id}`, source_id };
    // digests have one length, so the comparison takes the same time for every token
    return timingSafeEqual(digest(token), admin) ? ADMIN : null;
  };
}

function digest(token: string): Buffer {
  return hash('sha256', token, 'buffer');
}
