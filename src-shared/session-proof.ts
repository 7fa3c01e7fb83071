/**
 * How a console proves that it has its session's secret without sending it: SCRAM's exchange (RFC 5802) with SHA-256, the proof being
 * `secret XOR HMAC(SHA-256(secret), challenge | host)`. Whoever gets our port while we are away learns nothing that opens a console here or
 * on another port, and neither does whoever reads the hash in a database. It needs no `crypto.subtle`, which a page has on loopback and TLS only.
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';

const HEX = /^[0-9a-f]{64}$/;

/** What the host keeps of a secret. @param secret 32 bytes, hexadecimal */
export const hashOfSecret = (secret: string): Uint8Array => sha256(hexToBytes(secret));

/**
 * Hexadecimal. @param challenge the host's, new for each connection
 * @param host the address as the page has it, `127.0.0.1:8000`
 */
export function proofOf(secret: string, challenge: string, host: string): string {
  return bytesToHex(xor(hexToBytes(secret), signature(hashOfSecret(secret), challenge, host)));
}

/** Whether the proof is that of the secret with this hash. */
export function isProof(proof: string, { hash, challenge, host }: { hash: Uint8Array; challenge: string; host: string }): boolean {
  if (!HEX.test(proof)) return false;
  const found = sha256(xor(hexToBytes(proof), signature(hash, challenge, host)));
  return found.reduce((difference, byte, i) => difference | (byte ^ (hash[i] ?? 0)), found.length ^ hash.length) === 0; // in constant time
}

const signature = (hash: Uint8Array, challenge: string, host: string): Uint8Array =>
  hmac(sha256, hash, concatBytes(utf8ToBytes(challenge), utf8ToBytes(`|${host}`)));

const xor = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((byte, i) => byte ^ (b[i] ?? 0));
