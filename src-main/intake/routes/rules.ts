import { readOddContact } from '#domain/contact-body.ts';
import { casesOf, keepCase, presentCase, removeCase } from '#engine/configuration/kept-cases.ts';
import { ruleOf, updateRule } from '#engine/configuration/rules.ts';
import { dryRun } from '#engine/contacts/dry-run.ts';
import type { Engine } from '#engine/core/engine.ts';
import type { Write } from '#engine/core/write.ts';
import { answer, answerCreated, answerEmpty } from '#intake/answer.ts';
import type { App } from '#intake/app.ts';
import { pageOf, shortListQuery } from '#intake/paging.ts';
import { byCase, byId } from '#intake/params.ts';
import { otherSource, RefusedRequest, sendProblem } from '#intake/problem.ts';
import { nothing } from '#intake/route-config.ts';
import { choice, choiceBody, choiceInput } from '#shared/contract/choice.ts';
import { page } from '#shared/contract/entities.ts';
import { caseInput, type StoredCase, storedCase } from '#shared/contract/kept-cases.ts';
import { notFound, ok, type Result } from '#shared/contract/problems.ts';
import { rule, rulePatch } from '#shared/contract/rules.ts';

const tags = ['Sources'];

function keptAnswer(write: Write, source_id: number, kept: Result<number>): Result<StoredCase> {
  if (!kept.ok) return kept;
  const its = presentCase(write.board, source_id, kept.value);
  return its ? ok(its) : notFound('kept_case', kept.value);
}

export function ruleRoutes(app: App, engine: Engine): void {
  app.get(
    '/sources/:id/rule',
    {
      config: { access: 'viewer', answers: { 200: rule } },
      schema: { tags, operationId: 'getRule', summary: "How a source's contacts are distributed", params: byId },
    },
    ({ params }, reply) => answer(reply, ruleOf(engine.read, params.id)),
  );
  app.patch(
    '/sources/:id/rule',
    {
      config: { access: 'supervisor', answers: { 200: rule } },
      schema: {
        tags,
        operationId: 'updateRule',
        summary: "Change how a source's contacts are distributed; fields not named are kept",
        params: byId,
        body: rulePatch,
      },
    },
    async ({ body, principal, params }, reply) => answer(reply, await engine.write(principal.actor, (write) => updateRule(write, params.id, body))),
  );
  app.get(
    '/sources/:id/cases',
    {
      config: { access: 'viewer', answers: { 200: page(storedCase) } },
      schema: { tags, operationId: 'listCases', summary: "The kept cases of a source's rule, by id", params: byId, querystring: shortListQuery },
    },
    ({ params, query }, reply) => {
      const all = casesOf(engine.read, params.id);
      return answer(reply, all.ok ? pageOf(all.value, query, ({ id }) => [id]) : all);
    },
  );
  app.post(
    '/sources/:id/cases',
    {
      config: { access: 'supervisor', answers: { 201: storedCase } },
      schema: {
        tags,
        operationId: 'keepCase',
        summary: 'Keep a case: a contact that the rule must decide about as expected',
        description:
          'The same case is kept only once. A case says who is on line and who is full; tags, weights, lines and limits are taken as they are when a rule is changed.',
        params: byId,
        body: caseInput,
      },
    },
    async ({ body, principal, params }, reply) => {
      const result = await engine.write(principal.actor, (write) => keptAnswer(write, params.id, keepCase(write, null, { ...body, source_id: params.id })));
      return answerCreated(reply, result, ({ id }) => `/sources/${params.id}/cases/${id}`);
    },
  );
  app.delete(
    '/sources/:id/cases/:case_id',
    {
      config: { access: 'supervisor', answers: { 204: nothing } },
      schema: { tags, operationId: 'dropCase', summary: 'Drop a kept case, so that a rule may decide otherwise', params: byCase },
    },
    async ({ principal, params }, reply) =>
      answerEmpty(
        reply,
        await engine.write(principal.actor, (write) =>
          presentCase(write.board, params.id, params.case_id) ? removeCase(write, params.case_id) : notFound('kept_case', params.case_id),
        ),
      ),
  );
  app.post(
    '/sources/:id/choose',
    {
      attachValidation: true,
      config: { access: 'source_read', answers: { 200: choice }, body: choiceBody },
      schema: {
        tags,
        operationId: 'choose',
        summary: 'Dry run: who would get this contact now, and why',
        description:
          'Takes the body of `POST /contacts`, where identifiers may be absent: a new lead. Nothing is written and nothing is drawn. ' +
          'A source key asks about its own source. For it only such identifiers denote a lead that its source gave, ' +
          "only an operator who had an earlier contact of its source is the lead's own, and there is no `table`.",
        params: byId,
        body: choiceInput,
      },
    },
    ({ body, principal, params, validationError }, reply) => {
      const viewer = principal.source_id;
      if (viewer !== null && viewer !== params.id) return sendProblem(reply, otherSource);
      const isOdd = validationError instanceof RefusedRequest;
      const reading = isOdd ? readOddContact(body, validationError.problem) : { ok: true as const, input: body, warnings: [] };
      if (!reading.ok) return sendProblem(reply, reading.problem);
      return answer(reply, dryRun(engine.read, { input: { ...reading.input, source_id: params.id }, viewer, warnings: reading.warnings }));
    },
  );
}
