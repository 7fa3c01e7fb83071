import type { Sessions } from '#engine/access/sessions.ts';
import { answer, answerEmpty } from '#intake/answer.ts';
import type { App } from '#intake/app.ts';
import { pageOf, shortListQuery } from '#intake/paging.ts';
import { byId } from '#intake/params.ts';
import { sendProblem } from '#intake/problem.ts';
import { nothing } from '#intake/route-config.ts';
import { consoleLink, page, session } from '#shared/contract/entities.ts';
import { fail } from '#shared/contract/problems.ts';

const tags = ['Sessions'];

const noCurrent = fail('not_found', 'The admin token is not a session. GET /sessions lists sessions with their ids.', {
  params: { what: 'session', id: 'current' },
});

export function sessionRoutes(app: App, sessions: Sessions): void {
  app.post(
    '/console-links',
    {
      config: { access: 'admin', answers: { 201: consoleLink } },
      schema: { tags, operationId: 'makeConsoleLink', summary: 'Create a link that opens one console in a browser, once, within five minutes' },
    },
    (request, reply) => reply.code(201).send(sessions.link(request.server.door.addressOf(request.raw))),
  );
  app.get(
    '/sessions',
    {
      config: { access: 'admin', answers: { 200: page(session) } },
      schema: { tags, operationId: 'listSessions', summary: 'Browser sessions of the console, by id', querystring: shortListQuery },
    },
    (request, reply) =>
      answer(
        reply,
        pageOf(sessions.list(), request.query, ({ id }) => [id]),
      ),
  );
  app.delete(
    '/sessions/:id',
    {
      config: { access: 'admin', answers: { 204: nothing } },
      schema: { tags, operationId: 'endSession', summary: 'End a session; its consoles close immediately', params: byId },
    },
    async ({ params }, reply) => answerEmpty(reply, await sessions.end(params.id)),
  );
  app.delete('/sessions/current', { config: { access: 'admin' } }, (_request, reply) => sendProblem(reply, noCurrent.problem));
}
