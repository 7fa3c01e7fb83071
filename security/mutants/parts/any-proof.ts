export * from '../../../src-shared/session-proof.ts';

export const isProof = (proof: string): boolean => /^[0-9a-f]{64}$/.test(proof);
