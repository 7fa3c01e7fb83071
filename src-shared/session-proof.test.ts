import { createHash, createHmac, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { hashOfSecret, isProof, proofOf } from './session-proof.ts';

const newSecret = () => randomBytes(32).toString('hex');
const [challenge, host] = ['a-challenge', '127.0.0.1:8000'];

test('is SCRAM’s: the secret, masked with an HMAC under its hash', () => {
  const secret = newSecret();
  const hash = createHash('sha256').update(Buffer.from(secret, 'hex')).digest();
  const mask = createHmac('sha256', hash).update(`${challenge}|${host}`).digest();
  expect(proofOf(secret, challenge, host)).toBe(Buffer.from(Buffer.from(secret, 'hex').map((byte, i) => byte ^ (mask[i] ?? 0))).toString('hex'));
  expect(Buffer.from(hashOfSecret(secret))).toEqual(hash);
});

test('is valid for its own secret, challenge and address, and for no other', () => {
  const secret = newSecret();
  const hash = hashOfSecret(secret);
  const proof = proofOf(secret, challenge, host);
  expect(isProof(proof, { hash, challenge, host })).toBe(true);
  expect(isProof(proof, { hash, challenge: 'another', host })).toBe(false);
  expect(isProof(proof, { hash, challenge, host: '127.0.0.1:8001' })).toBe(false);
  expect(isProof(proof, { hash: hashOfSecret(newSecret()), challenge, host })).toBe(false);
  expect(isProof(proofOf(newSecret(), challenge, host), { hash, challenge, host })).toBe(false);
});

test('cannot be made from the hash that the host keeps', () => {
  const hash = hashOfSecret(newSecret());
  for (const guess of [Buffer.from(hash).toString('hex'), '0'.repeat(64), proofOf(Buffer.from(hash).toString('hex'), challenge, host)])
    expect(isProof(guess, { hash, challenge, host })).toBe(false);
});

test.each(['', 'x', 'f'.repeat(63), 'F'.repeat(64), 'f'.repeat(66), 'ж'.repeat(64)])('%j is not a proof', (proof) => {
  expect(isProof(proof, { hash: hashOfSecret(newSecret()), challenge, host })).toBe(false);
});
