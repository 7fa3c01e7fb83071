import { readOddContact } from '#domain/contact-body.ts';
import { ruleOf, updateRule } from '#engine/configuration/rules.ts';
import { dryRun } from '#engine/contacts/dry-run.ts';
import type { Engine } from '#engine/core/engine.ts';
import { answer } from '#intake/answer.ts';
import type { App } from '#intake/app.ts';
import { byId } from '#intake/params.ts';
import { otherSource, RefusedRequest, sendProblem } from '#intake/problem.ts';
import { choice, choiceBody, choiceInput } from '#shared/contract/choice.ts';
import { rule, rulePatch } from '#shared/contract/rules.ts';

const tags = ['Sources'];

export function ruleRoutes(app: App, engine: Engine): void {
  app.get(
    '/sources/:id/rule',
    {
      config: { access: 'admin', answers: { 200: rule } },
      schema: { tags, operationId: 'getRule', summary: "How a source's contacts are distributed", params: byId },
    },
    ({ params }, reply) => answer(reply, ruleOf(engine.read, params.id)),
  );
  app.patch(
    '/sources/:id/rule',
    {
      config: { access: 'admin', answers: { 200: rule } },
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
  app.post(
    '/sources/:id/choose',
    {
      attachValidation: true,
      config: { access: 'source', answers: { 200: choice }, body: choiceBody },
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
