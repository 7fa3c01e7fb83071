/** Sessions of all browsers, as this one lists and ends them. */
import type { ConsoleLink, Session } from '#shared/contract/entities.ts';
import { ask, attempt, type Outcome } from './attempt.ts';
import { client } from './client.ts';

export const fetchSessions = (): Promise<Outcome<Session[]>> => ask((signal) => client.sessions.query(undefined, { signal }));

export const endSession = (id: number): Promise<Outcome<null>> => attempt((signal) => client.endSession.mutate({ id }, { signal }));

export const makeConsoleLink = (): Promise<Outcome<ConsoleLink>> => attempt((signal) => client.makeConsoleLink.mutate(undefined, { signal }));
