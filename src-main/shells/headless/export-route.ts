/** The files that a browser's console exports: fetched once each, with the console's cookie. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Exports } from '#reports/exports.ts';
import { mediaTypes } from '#shared/contract/reports.ts';
import type { ConsoleSession } from './session.ts';

export const EXPORTS_URL = '/console/exports/';

export function exportRoute(app: FastifyInstance, session: ConsoleSession, exports: Exports): void {
  app.get(`${EXPORTS_URL}:id`, (request: FastifyRequest<{ Params: { id: string } }>, reply) => {
    if (!session.isOpenedBy(request.headers.cookie, request.socket.localPort ?? 0)) return reply.code(403).send();
    const opened = exports.open(Number(request.params.id));
    if (!opened.ok) return reply.code(404).type('text/plain; charset=utf-8').send(opened.problem.detail);
    const { name, format, stream } = opened.value;
    return reply.header('content-disposition', `attachment; filename="${name}"`).header('cache-control', 'no-store').type(mediaTypes[format]).send(stream);
  });
}
