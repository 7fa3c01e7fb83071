import { gunzipSync } from 'node:zlib';
import type { FastifyRequest } from 'fastify';
import { parseBody as parse } from '../../../src-main/intake/body.ts';

export * from '../../../src-main/intake/body.ts';

export function parseBody(request: FastifyRequest, body: Buffer, done: (error: Error | null, body?: unknown) => void): void {
  let unpacked = body;
  try {
    if (request.headers['content-encoding'] === 'gzip') {
      unpacked = gunzipSync(body);
      delete request.raw.headers['content-encoding'];
    }
  } catch {
    // the real one refuses what is damaged
  }
  parse(request, unpacked, done);
}
