/**
 * Request bodies must be unambiguous JSON (I-JSON, RFC 7493). JSON.parse is more lenient: it takes the last of duplicate names,
 * rounds large integers, replaces invalid UTF-8 and keeps `__proto__`. Stored data could then differ from what the bot sent.
 */
import { isUtf8 } from 'node:buffer';
import type { FastifyRequest } from 'fastify';
import { fail } from '#shared/contract/problems.ts';
import { pointer } from './pointer.ts';
import { Refusal } from './problem.ts';

export const MAX_BODY_BYTES = 64 * 1024;
export const tooLarge = fail('body_too_large', `A body may have ${MAX_BODY_BYTES} bytes.`).problem;
const MAX_DEPTH = 16;

type Done = (error: Error | null, body?: unknown) => void;

/** Parses a body when it is the request's turn; until then it stays unparsed. */
export function parseBody(request: FastifyRequest, body: Buffer, done: Done): void {
  const parse = () => parseNow(request, body, done);
  if (request.place) request.place.ready(parse);
  else parse();
}

function parseNow(request: FastifyRequest, body: Buffer, done: Done): void {
  let value: unknown;
  try {
    // some clients declare JSON and send no body where none is needed
    if (body.length > 0 || request.routeOptions.schema?.body !== undefined) value = parseJson(body);
  } catch (error) {
    done(error as Error); // always a Refusal
    return;
  }
  done(null, value);
}

/** @throws Refusal malformed_json */
export function parseJson(body: Buffer): unknown {
  if (!isUtf8(body)) throw malformed('The body is not UTF-8.');
  const text = body.toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // the message of JSON.parse quotes the body
    throw malformed(text === '' ? 'The body is empty.' : 'The body is not valid JSON.');
  }
  const tally = { names: 0 };
  const fault = faultIn(value, 1, tally);
  if (fault) throw malformed(`${fault.what} at ${pointer(fault.path.reverse()) || 'the top'}.`);
  if (tally.names !== namesIn(text)) throw malformed('An object has the same name twice.');
  return value;
}

const malformed = (detail: string) => new Refusal(fail('malformed_json', detail).problem);

interface Fault {
  readonly what: string;
  /** innermost key first */
  readonly path: (string | number)[];
}

/** Checks every value and counts the names of all objects. Null when there is no fault. */
function faultIn(value: unknown, depth: number, tally: { names: number }): Fault | null {
  if (typeof value === 'number') {
    if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return null;
    return { what: 'A number is too large to be exact (beyond 2^53 - 1), send it as a string,', path: [] };
  }
  if (typeof value !== 'object' || value === null) return null;
  if (depth > MAX_DEPTH) return { what: `Nesting is deeper than ${MAX_DEPTH} levels`, path: [] };
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const fault = faultIn(value[i], depth + 1, tally);
      if (fault) return within(i, fault);
    }
    return null;
  }
  for (const [name, item] of Object.entries(value)) {
    tally.names++;
    if (name === '__proto__') return { what: 'The name __proto__ is not allowed,', path: [] };
    const fault = faultIn(item, depth + 1, tally);
    if (fault) return within(name, fault);
  }
  return null;
}

function within(step: string | number, fault: Fault): Fault {
  fault.path.push(step);
  return fault;
}

const QUOTE = 0x22;
const COLON = 0x3a;
const BACKSLASH = 0x5c;

/** Number of object names in a valid JSON text: outside of strings, every colon follows a name. */
function namesIn(text: string): number {
  let names = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === COLON) names++;
    else if (unit === QUOTE) {
      i = text.indexOf('"', i + 1);
      while (isEscaped(text, i)) i = text.indexOf('"', i + 1);
    }
  }
  return names;
}

function isEscaped(text: string, at: number): boolean {
  let first = at;
  while (text.charCodeAt(first - 1) === BACKSLASH) first--;
  return (at - first) % 2 === 1;
}
