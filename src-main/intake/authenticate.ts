/** Identifies the caller of a request by its token. */
import { hash, timingSafeEqual } from 'node:crypto';
import type { Engine } from '#engine/core/engine.ts';
import { adminPrincipal, type Principal, sourcePrincipal } from '#shared/contract/principal.ts';

/** Null for a missing, malformed, revoked or unknown token; callers cannot distinguish these. */
export type Authenticate = (authorization: string | undefined) => Principal | null;

const BEARER = /^bearer +([\x21-\x7e]+)$/i;

/** Compares keys and the admin token by their hashes. @throws Error for a token of fewer than 16 characters */
export function authenticator(engine: Pick<Engine, 'sourceOfKey'>, adminToken: string): Authenticate {
  if (adminToken.length < 16) throw new Error('the admin token is too short');
  const admin = digest(adminToken);
  return (authorization) => {
    const token = BEARER.exec(authorization ?? '')?.[1] ?? '';
    const source_id = engine.sourceOfKey(token);
    if (source_id !== null) return sourcePrincipal(source_id);
    // digests have one length, so the comparison takes the same time for every token
    return timingSafeEqual(digest(token), admin) ? adminPrincipal : null;
  };
}

function digest(token: string): Buffer {
  return hash('sha256', token, 'buffer');
}
