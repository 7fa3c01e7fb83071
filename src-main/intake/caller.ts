/** Tokens: who is calling, and what that caller may do. */
import { hash, timingSafeEqual } from 'node:crypto';
import type { Actor, Engine } from '#engine/engine.ts';

export interface Caller {
  readonly actor: Actor;
  /** null: the admin, who may reach every source */
  readonly source_id: number | null;
}

/** Whom a route serves. A route of the console has cookies of its own, and only shares the door. */
export type Access = 'anyone' | 'source' | 'admin' | 'console';

/** Null for a missing, malformed, revoked or unknown token: the caller cannot tell which. */
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
