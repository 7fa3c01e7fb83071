import { z } from 'zod';
import type { Engine } from '#engine/core/engine.ts';
import { REVISION_HEADER } from '#intake/answer.ts';
import type { App } from '#intake/app.ts';
import type { Authenticate } from '#intake/authenticate.ts';
import { type EventStreams, MAX_STREAMS } from '#intake/event-streams.ts';
import { sendProblem } from '#intake/problem.ts';
import { deskEvent, RESET } from '#shared/contract/events.ts';
import { fail, type Problem } from '#shared/contract/problems.ts';

const REVISION = /^\d{1,15}$/;
const revision = z.string().regex(REVISION, 'must be the id of an event').optional();
const headers = z.object({
  'Last-Event-ID': revision.meta({ description: 'The id of the last event received; the stream continues after it. 0: from the first event.' }),
});
const querystring = z.object({ last_event_id: revision.meta({ description: 'The same, for clients that cannot set headers. The header takes precedence.' }) });

interface Parts {
  readonly engine: Engine;
  readonly streams: EventStreams;
  readonly authenticate: Authenticate;
}

export function eventRoute(app: App, { engine, streams, authenticate }: Parts): void {
  app.get(
    '/events',
    {
      exposeHeadRoute: false,
      config: { access: 'source_read', answers: { 200: deskEvent }, produces: 'text/event-stream', headers },
      schema: {
        tags: ['Events'],
        operationId: 'followEvents',
        summary: 'Every change as it happens, as server-sent events',
        description:
          'The schema is that of each `data`. The admin receives everything, a source key only changes of the contacts of its source: ' +
          '`contact_assigned`, `contact_waiting`, `contact_closed`. Without `Last-Event-ID` it begins with the next change.\n\n' +
          'Revisions go back when a backup is restored. A reader with a `Last-Event-ID` beyond the latest change first receives an event ' +
          `\`${RESET}\` whose data is \`{"revision": …, "last_event_id": …}\`: read what you need again; the stream continues after that revision. ` +
          'The restore itself is a change, `database_restored`.',
        querystring,
      },
    },
    ({ principal, headers: sent, query, raw }, reply) => {
      const latest = engine.board().revision;
      const given = place(sent['last-event-id'], query.last_event_id, latest);
      if (typeof given !== 'number') return sendProblem(reply, given);
      const { authorization } = raw.headers;
      const opened = streams.open({
        response: reply.raw,
        headers: { ...reply.getHeaders(), [REVISION_HEADER]: String(latest) },
        after: Math.min(given, latest),
        beyond: given > latest ? given : null,
        source_id: principal.source_id,
        mayStay: () => authenticate(authorization) !== null,
      });
      if (!opened) return sendProblem(reply, tooMany);
      return reply.hijack(); // the stream writes the response
    },
  );
}

const tooMany: Problem = {
  code: 'overloaded',
  detail: `${MAX_STREAMS} event streams are open, and nobody has more of them than you. Try again when one has ended.`,
};

/** The revision to continue after: the client's, otherwise the latest. */
function place(header: string | string[] | undefined, query: string | undefined, latest: number): number | Problem {
  const given = header === undefined || header === '' ? query : header;
  if (given === undefined) return latest;
  const after = typeof given === 'string' && REVISION.test(given) ? Number(given) : Number.NaN;
  if (!Number.isNaN(after)) return after;
  const why = 'is not the id of an event';
  return fail('validation_failed', `Last-Event-ID ${why}. Read what you need again and start without it.`, {
    errors: [{ path: given === header ? 'Last-Event-ID' : 'last_event_id', message: why }],
  }).problem;
}
