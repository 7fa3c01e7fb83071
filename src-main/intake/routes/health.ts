import type { Engine } from '#engine/core/engine.ts';
import type { App } from '#intake/app.ts';
import { health } from '#shared/contract/entities.ts';

export function healthRoute(app: App, engine: Engine, version: string): void {
  app.get(
    '/health',
    {
      config: { access: 'anyone', answers: { 200: health } },
      schema: { tags: ['Service'], operationId: 'getHealth', summary: 'Health check, with the revision of the last change' },
    },
    (_request, reply) => reply.send({ status: 'ok', version, revision: engine.board().revision }),
  );
}
