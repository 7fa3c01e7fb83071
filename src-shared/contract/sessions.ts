/** Browser sessions: how consoles see them, and the first messages on a console's WebSocket, which prove that it has one. */
import { byId, command, query } from './call.ts';
import type { ConsoleLink, Session } from './entities.ts';
import type { Result } from './problems.ts';

export const sessionCalls = {
  /** Oldest first. A window has no session. */
  sessions: query('person').answers<Session[]>(),
  /** Closes its consoles, and prevents it from opening new ones. */
  endSession: command('person', byId).answers<Result<null>>(),
  /** A link that opens a console in a browser; it works once, within a few minutes. */
  makeConsoleLink: command('admin').answers<Result<ConsoleLink>>(),
};

/** The host's first message. */
export interface Challenge {
  readonly challenge: string;
}

/** The console's answer; the host's answer to that is `WELCOME`, or it closes with `NO_SESSION`. */
export interface Hello {
  readonly session: number;
  /** see session-proof.ts */
  readonly proof: string;
  /** the previous session of this browser, which is ended, with its own proof: nobody ends the sessions of others */
  readonly replaces?: { readonly session: number; readonly proof: string };
}

export const WELCOME = '{"welcome":true}';
/** Close code of a WebSocket: there is no such session, or it has ended. */
export const NO_SESSION = 4401;
/** Where the page that a link opens carries its new session, as `ID.SECRET`: the name of a `<meta>` element. */
export const SESSION_META = 'switchyard-session';
/** Where the page of an invitation carries the name of whom it is for. */
export const INVITED_META = 'switchyard-invited';
/** A page that carries it can be signed in to: there are people who have a password. */
export const SIGN_IN_META = 'switchyard-sign-in';
/** The pages: the console, and the own page of operators. Both are loaded without a session and give no access by themselves. */
export const CONSOLE_PATH = '/console/';
export const OWN_PAGE_PATH = '/console/me';
/** Where a browser signs in; see `signInInput` of people.ts. */
export const SIGN_IN_PATH = '/sessions';
