import { expectably } from '#console/commands.ts';
import type { HostParts } from '#console/parts.ts';
import type { HostOf } from '#shared/contract/call.ts';
import { fail, notFound, ok } from '#shared/contract/problems.ts';
import type { sessionCalls } from '#shared/contract/sessions.ts';

const notHere = fail('not_allowed', 'The console runs in the desktop window; browsers cannot open it.');

/** Administrators reach all sessions, other people their own. */
export const sessionHost = ({ sessions }: HostParts): HostOf<typeof sessionCalls> => ({
  sessions: (principal) => sessions?.list(principal) ?? [],
  endSession: (principal, { id }) => (sessions?.list(principal).some((one) => one.id === id) ? expectably(sessions.end(id)) : notFound('session', id)),
  makeConsoleLink: () => (sessions ? ok(sessions.link()) : notHere),
});
