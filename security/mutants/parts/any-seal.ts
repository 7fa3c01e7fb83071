import type { Sealed } from '../../../src-main/store/seal.ts';

export * from '../../../src-main/store/seal.ts';

const own: Sealed = { seal: 'own', origin: null };

export const readSeal = (): Sealed => own;
export const takeSeal = (): Sealed & { why: null } => ({ ...own, why: null });
