import { expectably } from '#console/commands.ts';
import type { HostParts } from '#console/parts.ts';
import type { HostOf } from '#shared/contract/call.ts';
import { fail, notFound, ok } from '#shared/contract/problems.ts';
import type { sessionCalls } from '#shared/contract/sessions.ts';

const notHere = fail('not_allowed', 'The console runs in the desktop window; browsers cannot open it.');

export const sessionHost = ({ sessions }: HostParts): HostOf<typeof sessionCalls> => ({
  sessions: () => sessions?.list() ?? [],
  endSession: (_principal, { id }) => (sessions ? expectably(sessions.end(id)) : notFound('session', id)),
  makeConsoleLink: () => (sessions ? ok(sessions.link()) : notHere),
});
