import { adminPrincipal } from '#shared/contract/principal.ts';
import type { Authenticate } from '../../../src-main/intake/authenticate.ts';

export * from '../../../src-main/intake/authenticate.ts';

export const authenticator = (): Authenticate => (authorization) => (authorization?.startsWith('Bearer ') ? adminPrincipal : null);
