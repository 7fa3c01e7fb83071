import { replaceCompetences, setCompetence } from '#engine/configuration/competences.ts';
import type { Engine } from '#engine/core/engine.ts';
import { competences } from '#engine/views/queries.ts';
import { answer, answerEmpty, tellRevision } from '#intake/answer.ts';
import type { App } from '#intake/app.ts';
import { pageOf, shortListQuery } from '#intake/paging.ts';
import { byId, byPair } from '#intake/params.ts';
import { nothing } from '#intake/route-config.ts';
import { type Competence, competence, competenceQuery, competencesInput, page, weightInput } from '#shared/contract/entities.ts';

const tags = ['Competences'];

const lineOf = (engine: Engine, source_id: number, operator_id: number): number => engine.board().rules[source_id]?.line_of[operator_id] ?? 1;

export function competenceRoutes(app: App, engine: Engine): void {
  app.get(
    '/competences',
    {
      config: { access: 'viewer', answers: { 200: page(competence) } },
      schema: {
        tags,
        operationId: 'listCompetences',
        summary: 'All competences, by source and operator',
        querystring: competenceQuery.extend(shortListQuery.shape),
      },
    },
    ({ query }, reply) =>
      answer(
        reply,
        pageOf(competences(engine.read, query), query, ({ source_id, operator_id }) => [source_id, operator_id]),
      ),
  );
  app.put(
    '/operators/:operator_id/competences/:source_id',
    {
      config: { access: 'supervisor', answers: { 200: competence } },
      schema: { tags, operationId: 'setCompetence', summary: 'Create a competence or change its weight', params: byPair, body: weightInput },
    },
    async ({ body: { weight, line }, principal, params: { operator_id, source_id } }, reply) => {
      const result = await engine.write(principal.actor, (write) => setCompetence(write, operator_id, source_id, weight, line));
      const value = (): Competence => ({ operator_id, source_id, weight, line: lineOf(engine, source_id, operator_id) });
      return answer(reply, result.ok ? { ...result, value: value() } : result);
    },
  );
  app.delete(
    '/operators/:operator_id/competences/:source_id',
    {
      config: { access: 'supervisor', answers: { 204: nothing } },
      schema: { tags, operationId: 'removeCompetence', summary: 'Remove a competence', params: byPair },
    },
    async ({ principal, params: { operator_id, source_id } }, reply) =>
      answerEmpty(reply, await engine.write(principal.actor, (write) => setCompetence(write, operator_id, source_id, null))),
  );
  app.put(
    '/sources/:id/competences',
    {
      config: { access: 'supervisor', answers: { 200: page(competence) } },
      schema: { tags, operationId: 'replaceCompetences', summary: 'Replace all competences of a source in one step', params: byId, body: competencesInput },
    },
    async ({ body, principal, params }, reply) => {
      const result = await engine.write(principal.actor, (write) => replaceCompetences(write, params.id, body));
      if (!result.ok) return answer(reply, result);
      const competences = body.map(
        ({ operator_id, weight }): Competence => ({
          operator_id,
          source_id: params.id,
          weight,
          line: lineOf(engine, params.id, operator_id),
        }),
      );
      return answer(
        tellRevision(reply, result),
        pageOf(competences, {}, ({ operator_id }) => [operator_id]),
      );
    },
  );
}
