import { updateOperator } from '#engine/configuration/operators.ts';
import type { Engine } from '#engine/core/engine.ts';
import { ownId, ownPage as ownPageQuery } from '#engine/views/own-page.ts';
import { answer } from '#intake/answer.ts';
import type { App } from '#intake/app.ts';
import { operator } from '#shared/contract/entities.ts';
import { ownPage, pauseInput } from '#shared/contract/own-page.ts';

const tags = ['Own page'];

export function ownPageRoutes(app: App, engine: Engine): void {
  app.get(
    '/me',
    {
      config: { access: 'operator', answers: { 200: ownPage } },
      schema: { tags, operationId: 'getOwnPage', summary: 'Who I am, the contacts that I hold, and my figures of today; for a person who is an operator' },
    },
    async ({ principal }, reply) => answer(reply, await ownPageQuery(engine, principal)),
  );
  app.post(
    '/me/pause',
    {
      config: { access: 'operator', answers: { 200: operator } },
      schema: { tags, operationId: 'pause', summary: 'Set myself inactive, with a reason; I keep the contacts that I hold', body: pauseInput },
    },
    async ({ body, principal }, reply) =>
      answer(
        reply,
        await engine.write(principal.actor, (write) => updateOperator(write, ownId(principal), { is_active: false, inactive_reason: body.reason })),
      ),
  );
  app.post(
    '/me/back',
    {
      config: { access: 'operator', answers: { 200: operator } },
      schema: { tags, operationId: 'resume', summary: 'Set myself active again' },
    },
    async ({ principal }, reply) => answer(reply, await engine.write(principal.actor, (write) => updateOperator(write, ownId(principal), { is_active: true }))),
  );
}
