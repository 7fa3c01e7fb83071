import { ruleOf, updateRule } from '#engine/configuration/rules.ts';
import type { Engine } from '#engine/core/engine.ts';
import { answer } from '#intake/answer.ts';
import type { App } from '#intake/app.ts';
import { byId } from '#intake/params.ts';
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
}
