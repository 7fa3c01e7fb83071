import type { FastifyRequest } from 'fastify';

export * from '../../../src-main/intake/body.ts';

export function parseBody(_request: FastifyRequest, body: Buffer, done: (error: Error | null, body?: unknown) => void): void {
  done(null, JSON.parse(body.toString('utf8')));
}
