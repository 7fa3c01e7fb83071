/** Reads request bodies: size, compression, encoding, and JSON that every reader understands in the same way. Parts that a call does not use may be ambiguous. */
import { isUtf8 } from 'node:buffer';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { UnclearBody } from '#domain/contact-body.ts';
import { membersOf, readJson } from '#domain/json.ts';
import { fail } from '#shared/contract/problems.ts';
import { RefusedRequest } from './problem.ts';

/** Limit of a body, unpacked. */
export const MAX_BODY_BYTES = 256 * 1024;
export const tooLarge = fail('body_too_large', `A body may have ${MAX_BODY_BYTES} bytes.`).problem;

type Done = (error: Error | null, body?: unknown) => void;

/** Parses a body when it is the request's turn; until then it stays unparsed. */
export function parseBody(request: FastifyRequest, body: Buffer, done: Done): void {
  const parse = () => parseNow(request, body, done);
  if (request.place) request.place.ready(parse);
  else parse();
}

function parseNow(request: FastifyRequest, body: Buffer, done: Done): void {
  const { schema, config } = request.routeOptions;
  let value: unknown;
  try {
    // some clients declare JSON and send no body where none is needed
    if (body.length > 0 || (schema?.body !== undefined && !config.needsNoBody)) {
      value = readBody(unpacked(body, unpackerOf(request.headers['content-encoding'])), config.keepsUnclear ? null : schema?.body);
      if (value instanceof UnclearBody && !config.keepsUnclear) throw new RefusedRequest(value.problem);
    }
  } catch (error) {
    done(error as Error); // always a RefusedRequest
    return;
  }
  done(null, value);
}

/** The value of a body, or its text if it is not unambiguous JSON. @param schema says which of its fields are used */
export function readBody(body: Buffer, schema?: unknown): unknown {
  const { text, guess } = decoded(body);
  if (guess !== null) return new UnclearBody(text, malformed('The body is not UTF-8.'), guess);
  const reading = readJson(text);
  if (reading.ok) return reading.value;
  return (reading.isJson && usedPart(text, schema)) || new UnclearBody(text, malformed(reading.why));
}

const malformed = (detail: string) => fail('malformed_json', detail).problem;

/** The used fields of a body, if everything ambiguous is outside of them. */
function usedPart(text: string, schema: unknown): object | null {
  const members = schema instanceof z.ZodObject ? membersOf(text)?.filter(({ name }) => Object.hasOwn(schema.shape, name)) : undefined;
  if (!members || new Set(members.map(({ name }) => name)).size < members.length) return null;
  const values = members.map(({ name, text: value }) => [name, readJson(value)] as const);
  return values.every(([, reading]) => reading.ok) ? Object.fromEntries(values.map(([name, reading]) => [name, reading.ok && reading.value])) : null;
}

/** Supported content encodings of a body. */
const UNPACK: Readonly<Record<string, typeof gunzipSync>> = { gzip: gunzipSync, 'x-gzip': gunzipSync, deflate: inflateSync, br: brotliDecompressSync };
/** Value of Accept-Encoding in the answer to a body in another encoding. */
export const ACCEPTED = 'gzip, deflate, br';
/** First bytes of gzip; JSON never begins with them. */
const GZIP = Buffer.from([0x1f, 0x8b]);

type Unpack = typeof gunzipSync | 'unknown' | null;

/** How to decompress a body with this Content-Encoding; null: it is not compressed. */
export function unpackerOf(encoding: string | undefined): Unpack {
  const name = encoding?.trim().toLowerCase();
  if (!name || name === 'identity') return null;
  return Object.hasOwn(UNPACK, name) ? (UNPACK[name] ?? 'unknown') : 'unknown';
}

export const unknownPacking = fail('unsupported_media_type', `Send the body as it is, or with one Content-Encoding of ${ACCEPTED}.`).problem;
const unannounced = fail('unsupported_media_type', 'The body is compressed with gzip, but there is no Content-Encoding header.').problem;
const damaged = fail('malformed_request', 'The body could not be decompressed: it is damaged, or its Content-Encoding is wrong.').problem;

/** @throws Refusal */
function unpacked(body: Buffer, unpack: Unpack): Buffer {
  if (unpack === 'unknown') throw new RefusedRequest(unknownPacking);
  if (unpack === null) {
    if (body.subarray(0, GZIP.length).equals(GZIP)) throw new RefusedRequest(unannounced);
    return body;
  }
  try {
    return unpack(body, { maxOutputLength: MAX_BODY_BYTES });
  } catch (error) {
    throw new RefusedRequest((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge : damaged);
  }
}

interface Decoded {
  readonly text: string;
  /** null: it is UTF-8 */
  readonly guess: string | null;
}

const BOM = '\ufeff';

/** Decodes UTF-8. Another encoding is guessed, for the fields that are plain ASCII and for the supervisor. */
function decoded(body: Buffer): Decoded {
  const guess = guessOf(body);
  if (guess !== null) return { text: new TextDecoder(guess).decode(body), guess };
  const text = body.toString('utf8');
  return { text: text.startsWith(BOM) ? text.slice(1) : text, guess };
}

function guessOf(body: Buffer): string | null {
  if (body.length < 2) return isUtf8(body) ? null : 'windows-1251';
  const begin = body.readUInt16BE(0);
  if (begin === 0xfffe || begin === 0x7b00) return 'utf-16le';
  if (begin === 0xfeff || begin === 0x007b) return 'utf-16be';
  if (isUtf8(body)) return null;
  const text = body.toString('utf8');
  const broken = text.match(/\ufffd/g)?.length ?? 0;
  const whole = text.match(/[\u0080-\ufffc\ufffe-\uffff]/g)?.length ?? 0;
  return whole >= broken ? 'utf-8' : 'windows-1251';
}
