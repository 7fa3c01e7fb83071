/**
 * Lets a console prove that it has its session's secret without sending it: SCRAM's exchange (RFC 5802) with SHA-256, with the proof
 * `secret XOR HMAC(SHA-256(secret), challenge | host)`. A program that takes our port while the host is off learns nothing that opens a console here
 * or on another port; neither does anyone who reads the hash in a database. It avoids `crypto.subtle`, which pages have only on loopback and TLS.
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';

const HEX = /^[0-9a-f]{64}$/;

/** The hash of a secret, as stored by the host. @param secret 32 bytes, hexadecimal */
export const hashOfSecret = (secret: string): Uint8Array => sha256(hexToBytes(secret));

/**
 * The proof, hexadecimal. @param challenge sent by the host, new for each connection
 * @param host the address as the page sees it, `127.0.0.1:8000`
 */
export function proofOf(secret: string, challenge: string, host: string): string {
  return bytesToHex(xor(hexToBytes(secret), signature(hashOfSecret(secret), challenge, host)));
}

/** Whether the proof was made with the secret that has this hash. */
export function isProof(proof: string, { hash, challenge, host }: { hash: Uint8Array; challenge: string; host: string }): boolean {
  if (!HEX.test(proof)) return false;
  const found = sha256(xor(hexToBytes(proof), signature(hash, challenge, host)));
  return found.reduce((difference, byte, i) => difference | (byte ^ (hash[i] ?? 0)), found.length ^ hash.length) === 0; // in constant time
}

const signature = (hash: Uint8Array, challenge: string, host: string): Uint8Array =>
  hmac(sha256, hash, concatBytes(utf8ToBytes(challenge), utf8ToBytes(`|${host}`)));

const xor = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((byte, i) => byte ^ (b[i] ?? 0));
