import { archiveOperator, createOperator, updateOperator } from '#engine/configuration/operators.ts';
import type { Engine } from '#engine/core/engine.ts';
import { operator as operatorQuery, operators } from '#engine/views/queries.ts';
import { answer, answerCreated } from '#intake/answer.ts';
import type { App } from '#intake/app.ts';
import { pageOf, shortListQuery } from '#intake/paging.ts';
import { byId } from '#intake/params.ts';
import { operator, operatorInput, operatorPatch, page } from '#shared/contract/entities.ts';

const tags = ['Operators'];

export function operatorRoutes(app: App, engine: Engine): void {
  app.get(
    '/operators',
    {
      config: { access: 'viewer', answers: { 200: page(operator) } },
      schema: { tags, operationId: 'listOperators', summary: 'All operators, by id', querystring: shortListQuery },
    },
    (request, reply) =>
      answer(
        reply,
        pageOf(operators(engine.read), request.query, ({ id }) => [id]),
      ),
  );
  app.post(
    '/operators',
    {
      config: { access: 'supervisor', answers: { 201: operator } },
      schema: { tags, operationId: 'createOperator', summary: 'Add an operator', body: operatorInput },
    },
    async ({ body, principal }, reply) => {
      const result = await engine.write(principal.actor, (write) => createOperator(write, body));
      return answerCreated(reply, result, ({ id }) => `/operators/${id}`);
    },
  );
  app.get(
    '/operators/:id',
    {
      config: { access: 'viewer', answers: { 200: operator } },
      schema: { tags, operationId: 'getOperator', summary: 'One operator', params: byId },
    },
    ({ params }, reply) => answer(reply, operatorQuery(engine.read, params.id)),
  );
  app.patch(
    '/operators/:id',
    {
      config: { access: 'supervisor', answers: { 200: operator } },
      schema: {
        tags,
        operationId: 'updateOperator',
        summary: 'Rename an operator, set active or inactive, change the capacity',
        params: byId,
        body: operatorPatch,
      },
    },
    async ({ body, principal, params }, reply) => answer(reply, await engine.write(principal.actor, (write) => updateOperator(write, params.id, body))),
  );
  app.delete(
    '/operators/:id',
    {
      config: { access: 'supervisor', answers: { 200: operator } },
      schema: { tags, operationId: 'archiveOperator', summary: 'Archive an operator who holds no contacts', params: byId },
    },
    async ({ principal, params }, reply) => answer(reply, await engine.write(principal.actor, (write) => archiveOperator(write, params.id))),
  );
}
