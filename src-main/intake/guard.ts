/** First hook for each request, before its body is read. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Access, may } from '#shared/contract/principal.ts';
import { fail, notAllowed, type Problem } from '#shared/contract/problems.ts';
import type { Authenticate } from './authenticate.ts';
import { ACCEPTED, MAX_BODY_BYTES, tooLarge, unknownPacking, unpackerOf } from './body.ts';
import { headersTooLarge } from './door.ts';
import { noSuchRoute, notNow, sendProblem, unauthorized } from './problem.ts';
import type { RateLimiter } from './rate-limiter.ts';
import type { WaitingRoom } from './waiting-room.ts';

/** A refused body up to this size is read and discarded, so that the connection survives and the client can read the answer. */
const MAX_DISCARDED_BYTES = 1024 * 1024;
const JSON_TYPE = /^application\/json *(;|$)/i;
const WAITS_WITH_BODY = /^100-continue$/i;
const FOREIGN_CHARSET = /; *charset *= *(?!"?utf-?8"? *(;|$))/i;

/** @param revision returns the desk's current revision, which the answer carries unless it is a command's */
export function guard(authenticate: Authenticate, limiter: RateLimiter, room: WaitingRoom, revision: () => number) {
  return (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    reply.header('cache-control', 'no-store');
    reply.header('x-content-type-options', 'nosniff');
    reply.revision = revision();
    const problem = request.server.door.problem(request.raw) ?? routeProblem(request, reply, { authenticate, limiter }) ?? roomProblem(request, reply, room);
    if (problem === null) {
      if (WAITS_WITH_BODY.test(request.headers.expect ?? '')) reply.raw.writeContinue();
      done();
      return;
    }
    if (bodySize(request) > MAX_DISCARDED_BYTES || problem === headersTooLarge) reply.header('connection', 'close');
    if (problem === unknownPacking) reply.header('accept-encoding', ACCEPTED);
    sendProblem(reply, problem);
  };
}

/** The problem for requests that fastify rejects itself, outside of all routes. */
export function strayProblem(request: FastifyRequest, authenticate: Authenticate): Problem {
  return request.server.door.problem(request.raw) ?? (authenticate(request.headers.authorization) ? noSuchRoute : unauthorized);
}

interface Gates {
  readonly authenticate: Authenticate;
  readonly limiter: RateLimiter;
}

function routeProblem(request: FastifyRequest, reply: FastifyReply, { authenticate, limiter }: Gates): Problem | null {
  const { config, schema } = request.routeOptions;
  const call = request.is404 ? anyToken : config;
  if (call.access === 'console') return null;
  if (!may(null, call)) {
    const principal = authenticate(request.headers.authorization);
    if (principal === null) return unauthorized;
    const connection = request.server.connections.of(request.raw.socket);
    if (connection) connection.owner = principal.source_id;
    const limit = principal.source_id === null ? null : limiter.take(principal.source_id, reply);
    if (limit) return limit;
    if (request.is404) return noSuchRoute;
    if (!may(principal, call)) return principal.role === 'source' ? notForBots : notAllowed.problem;
    request.principal = principal;
  }
  return bodyProblem(request, schema?.body !== undefined && !config.needsNoBody);
}

/** Strangers do not learn which paths are not served. */
const anyToken: { readonly access: Access } = { access: 'source_read' };

const notForBots = fail(
  'not_allowed',
  'A source key can only submit, read and close contacts of its source; this requires the admin token or the key of a person.',
).problem;

function bodyProblem(request: FastifyRequest, takesBody: boolean): Problem | null {
  const size = bodySize(request);
  if (size > 0 || takesBody) {
    const type = request.headers['content-type'];
    if (type === undefined || !JSON_TYPE.test(type)) return fail('unsupported_media_type', 'Send the body as Content-Type: application/json.').problem;
    if (FOREIGN_CHARSET.test(type)) return fail('unsupported_media_type', 'JSON is UTF-8; leave out the charset.').problem;
    if (unpackerOf(request.headers['content-encoding']) === 'unknown') return unknownPacking;
  }
  if (size > MAX_BODY_BYTES && size !== Number.POSITIVE_INFINITY) return tooLarge;
  return null;
}

/** Reserves a place in the waiting room for requests that may write. */
function roomProblem(request: FastifyRequest, reply: FastifyReply, room: WaitingRoom): Problem | null {
  const { principal, method, raw } = request;
  if (principal === undefined || method === 'GET' || method === 'HEAD') return null; // routes without token have no principal
  const refuse = (): void => {
    if (!raw.complete) reply.header('connection', 'close');
    sendProblem(reply, notNow);
  };
  const bytes = unpackerOf(raw.headers['content-encoding']) === null ? Math.min(bodySize(request), MAX_BODY_BYTES) : MAX_BODY_BYTES;
  const place = room.enter({ source: principal.source_id, connection: raw.socket, bytes, refuse });
  if (place === null) return notNow;
  request.place = place;
  return null;
}

/** Declared size in bytes. A chunked body declares none and is limited while it is read. */
function bodySize({ headers }: FastifyRequest): number {
  if (headers['transfer-encoding'] !== undefined) return Number.POSITIVE_INFINITY;
  return Number(headers['content-length'] ?? 0);
}
