import { addSourceKey, archiveSource, createSource, revokeSourceKey, updateSource } from '#engine/configuration/sources.ts';
import type { Engine } from '#engine/core/engine.ts';
import { source as sourceQuery, sources } from '#engine/views/queries.ts';
import { answer, answerCreated, answerEmpty } from '#intake/answer.ts';
import type { App } from '#intake/app.ts';
import { pageOf, shortListQuery } from '#intake/paging.ts';
import { byId, byKey } from '#intake/params.ts';
import { nothing } from '#intake/route-config.ts';
import { createdKey, createdSource, page, source, sourceInput, sourcePatch } from '#shared/contract/entities.ts';

const tags = ['Sources'];

export function sourceRoutes(app: App, engine: Engine): void {
  app.get(
    '/sources',
    {
      config: { access: 'viewer', answers: { 200: page(source) } },
      schema: { tags, operationId: 'listSources', summary: 'All sources, by id', querystring: shortListQuery },
    },
    (request, reply) =>
      answer(
        reply,
        pageOf(sources(engine.read), request.query, ({ id }) => [id]),
      ),
  );
  app.post(
    '/sources',
    {
      config: { access: 'supervisor', answers: { 201: createdSource } },
      schema: { tags, operationId: 'createSource', summary: 'Add a source; its key is shown only now', body: sourceInput },
    },
    async ({ body, principal }, reply) => {
      const result = await engine.write(principal.actor, (write) => createSource(write, body));
      return answerCreated(reply, result, ({ id }) => `/sources/${id}`);
    },
  );
  app.get(
    '/sources/:id',
    {
      config: { access: 'viewer', answers: { 200: source } },
      schema: { tags, operationId: 'getSource', summary: 'One source', params: byId },
    },
    ({ params }, reply) => answer(reply, sourceQuery(engine.read, params.id)),
  );
  app.patch(
    '/sources/:id',
    {
      config: { access: 'supervisor', answers: { 200: source } },
      schema: { tags, operationId: 'updateSource', summary: 'Rename a source, replace its settings', params: byId, body: sourcePatch },
    },
    async ({ body, principal, params }, reply) => answer(reply, await engine.write(principal.actor, (write) => updateSource(write, params.id, body))),
  );
  app.delete(
    '/sources/:id',
    {
      config: { access: 'supervisor', answers: { 200: source } },
      schema: {
        tags,
        operationId: 'archiveSource',
        summary: 'Archive a source. Its keys are revoked permanently, its history stays. Once restored (in the console), it needs a new key',
        params: byId,
      },
    },
    async ({ principal, params }, reply) => answer(reply, await engine.write(principal.actor, (write) => archiveSource(write, params.id))),
  );
  app.post(
    '/sources/:id/keys',
    {
      config: { access: 'supervisor', answers: { 201: createdKey } },
      schema: { tags, operationId: 'addSourceKey', summary: 'Create a second key, for rotation; it is shown only now', params: byId },
    },
    async ({ principal, params }, reply) => {
      const result = await engine.write(principal.actor, (write) => addSourceKey(write, params.id));
      return answerCreated(reply, result, ({ id }) => `/sources/${params.id}/keys/${id}`);
    },
  );
  app.delete(
    '/sources/:id/keys/:key_id',
    {
      config: { access: 'supervisor', answers: { 204: nothing } },
      schema: {
        tags,
        operationId: 'revokeSourceKey',
        summary: 'Revoke a key, immediately and permanently, even if an earlier backup is restored',
        params: byKey,
      },
    },
    async ({ principal, params }, reply) =>
      answerEmpty(reply, await engine.write(principal.actor, (write) => revokeSourceKey(write, params.id, params.key_id))),
  );
}
