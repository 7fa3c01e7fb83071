/** Identifies the caller of a request by its token. */
import { hash, timingSafeEqual } from 'node:crypto';
import type { Engine } from '#engine/core/engine.ts';
import { adminPrincipal, type Principal, personPrincipal, sourcePrincipal } from '#shared/contract/principal.ts';

/** Null for a missing, malformed, revoked or unknown token; callers cannot distinguish these. */
export type Authenticate = (authorization: string | undefined) => Principal | null;

const BEARER = /^bearer +([\x21-\x7e]+)$/i;

/** Compares keys and the admin token by their hashes. @throws Error for a token of fewer than 16 characters */
export function authenticator(engine: Pick<Engine, 'sourceOfKey' | 'personOfKey'>, adminToken: string): Authenticate {
  if (adminToken.length < 16) throw new Error('the admin token is too short');
  const admin = digest(adminToken);
  return (authorization) => {
    const token = BEARER.exec(authorization ?? '')?.[1] ?? '';
    const source_id = engine.sourceOfKey(token);
    if (source_id !== null) return sourcePrincipal(source_id);
    const hashed = digest(token);
    // digests have one length, so the comparison takes the same time for every token
    if (timingSafeEqual(hashed, admin)) return adminPrincipal;
    const person = engine.personOfKey(hashed);
    return person ? personPrincipal(person) : null;
  };
}

function digest(token: string): Buffer {
  return hash('sha256', token, 'buffer');
}
