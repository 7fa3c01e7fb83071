/** Converts errors thrown by fastify, Node and bugs to problems. */
import type { Socket } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { NotNow, OutcomeUnknown } from '#engine/core/engine.ts';
import { fail, type Problem } from '#shared/contract/problems.ts';
import { tooLarge } from './body.ts';
import type { Connections } from './connections.ts';
import { notNow, outcomeUnknown, problemDocument, RefusedRequest } from './problem.ts';

/** The part of a logger that is used here. */
export interface Log {
  error(fields: object, message: string): void;
}

/** The problem to answer with. An unexpected error is logged; the answer to a write is then that its outcome is unknown. */
export function problemOfError(error: unknown, request: FastifyRequest, log: Log): Problem {
  if (error instanceof RefusedRequest) return error.problem;
  if (error instanceof OutcomeUnknown) return outcomeUnknown;
  if (error instanceof NotNow) return notNow;
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return tooLarge;
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return fail('unsupported_media_type', 'Send the body as Content-Type: application/json.').problem;
    default:
  }
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) {
    return fail('malformed_request', 'The request was interrupted, or its body has another length than declared.').problem;
  }
  log.error({ request: request.id, route: request.routeOptions.url, method: request.method, thrown: withoutValues(error) }, 'a request failed');
  return request.method === 'GET' ? notNow : outcomeUnknown;
}

/** Strips error messages, which may quote request data; the location is sufficient. */
function withoutValues(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { name, code, stack = '' } = error as Error & { code?: unknown };
  return { type: name, code, stack: stack.split('\n').filter((line) => line.startsWith('    at ')) };
}

const BROKEN_HTTP = brokenHttp();
/** A browser whose cookies overflow the headers is told to clear this host's cookies and to retry. Otherwise any program on another port could lock it out. */
const TOO_MANY_COOKIES = brokenHttp('Clear-Site-Data: "cookies"', 'Refresh: 1');
/** For this long the rest of overlong headers is read and discarded, so that the client can read the answer. */
const READ_ON_MS = 1000;

/** Handles bytes that Node could not parse as a request or that arrived too late. There is only a socket to answer, no request. */
export const onClientError =
  (connections: Connections) =>
  (error: NodeJS.ErrnoException, socket: Socket): void => {
    const end = () => {
      // Chromium opens connections in advance, and takes whatever is written to one for the answer to the request that it later sends on it
      if (socket.writable && socket.bytesRead > 0 && error.code !== 'ECONNRESET') socket.write(BROKEN_HTTP);
      socket.destroy();
    };
    const connection = connections.of(socket);
    if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && connection?.isHeldUp) {
      connection.putOff(end);
      return;
    }
    if (error.code === 'HPE_HEADER_OVERFLOW' && socket.writable) {
      socket.removeAllListeners('data').on('data', () => undefined);
      socket.end(TOO_MANY_COOKIES);
      setTimeout(() => socket.destroy(), READ_ON_MS).unref();
      return;
    }
    end();
  };

function brokenHttp(...headers: readonly string[]): string {
  return rawAnswer(fail('malformed_request', 'This could not be read as a request, or took too long to arrive.').problem, headers);
}

/** A complete answer for a socket without a request; the connection ends with it. The status is 400. */
export function rawAnswer(problem: Problem, headers: readonly string[] = []): string {
  const body = JSON.stringify(problemDocument(problem));
  return [
    'HTTP/1.1 400 Bad Request',
    'Content-Type: application/problem+json',
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    ...headers,
    'Connection: close',
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
}
