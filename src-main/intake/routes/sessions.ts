import type { Sessions } from '#engine/access/sessions.ts';
import type { SignIn } from '#engine/access/sign-in.ts';
import { answer, answerEmpty } from '#intake/answer.ts';
import type { App } from '#intake/app.ts';
import { pageOf, shortListQuery } from '#intake/paging.ts';
import { byId } from '#intake/params.ts';
import { sendProblem } from '#intake/problem.ts';
import { nothing } from '#intake/route-config.ts';
import { consoleLink, page, session } from '#shared/contract/entities.ts';
import { signedIn, signInInput } from '#shared/contract/people.ts';
import { fail, notFound } from '#shared/contract/problems.ts';

const tags = ['Sessions'];

const noCurrent = fail('not_found', 'A token or a key is not a session. GET /sessions lists sessions with their ids.', {
  params: { what: 'session', id: 'current' },
});

export function sessionRoutes(app: App, sessions: Sessions, signIn?: SignIn): void {
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
      config: { access: 'person', answers: { 200: page(session) } },
      schema: {
        tags,
        operationId: 'listSessions',
        summary: 'Browser sessions of the console, by id',
        description: 'Administrators see all, other people their own.',
        querystring: shortListQuery,
      },
    },
    (request, reply) =>
      answer(
        reply,
        pageOf(sessions.list(request.principal), request.query, ({ id }) => [id]),
      ),
  );
  if (signIn)
    app.post(
      '/sessions',
      {
        config: { access: 'anyone', answers: { 201: signedIn } },
        schema: {
          tags,
          operationId: 'signIn',
          summary: 'Sign in to the console with name and password, or accept an invitation with a password of one’s choice',
          description:
            'The answer is the same for a wrong name and a wrong password. After five failures for a name or from an address each further attempt waits, up to a minute; nobody is locked out. Scripts use a key of the person instead.',
          body: signInInput,
        },
      },
      async ({ body, headers, ip }, reply) => {
        const from = { host: headers.host ?? '', user_agent: headers['user-agent'] ?? '', address: ip };
        const result = await signIn.open(body, from);
        return result.ok ? reply.code(201).send(result.value) : sendProblem(reply, result.problem);
      },
    );
  app.delete(
    '/sessions/:id',
    {
      config: { access: 'person', answers: { 204: nothing } },
      schema: {
        tags,
        operationId: 'endSession',
        summary: 'End a session; its consoles close immediately',
        description: 'Administrators can end all, other people their own.',
        params: byId,
      },
    },
    async ({ params, principal }, reply) => {
      const isReached = sessions.list(principal).some(({ id }) => id === params.id);
      return answerEmpty(reply, isReached ? await sessions.end(params.id) : notFound('session', params.id));
    },
  );
  app.delete('/sessions/current', { config: { access: 'person' } }, (_request, reply) => sendProblem(reply, noCurrent.problem));
}
