/** Downloads of files exported by a browser's console: once each, by an unguessable address, since a download can carry no other proof. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Exports } from '#reports/exports.ts';
import { mediaTypes } from '#shared/contract/reports.ts';

export const EXPORTS_URL = '/console/exports/';

/** Adds the download route. A ticket works once. */
export function exportRoute(app: FastifyInstance, exports: Exports): void {
  app.get(`${EXPORTS_URL}:ticket`, { exposeHeadRoute: false }, (request: FastifyRequest<{ Params: { ticket: string } }>, reply) => {
    reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer');
    const opened = exports.open(request.params.ticket);
    if (!opened.ok) return reply.code(404).type('text/plain; charset=utf-8').send(opened.problem.detail);
    const { name, format, stream } = opened.value;
    return reply.header('content-disposition', `attachment; filename="${name}"`).type(mediaTypes[format]).send(stream);
  });
}
