/** Browsers that may show the console: what consoles see of them, and the first messages on a console's WebSocket, which prove that it is one of them. */
import type { ConsoleLink, Session } from './entities.ts';
import type { Result } from './problems.ts';

export interface SessionsHost {
  /** The oldest first. A window has none. */
  sessions(): Session[];
  /** Closes its consoles, and lets it open none. */
  endSession(id: number): Promise<Result<null>>;
  /** A link that opens one console in a browser, once, within a few minutes. */
  makeConsoleLink(): Result<ConsoleLink>;
}

/** The host's first message. */
export interface Challenge {
  readonly challenge: string;
}

/** The console's answer; the host's answer to that is `WELCOME`, or it closes with `NO_SESSION`. */
export interface Hello {
  readonly session: number;
  /** see session-proof.ts */
  readonly proof: string;
  /** the session that this browser had before: it is ended */
  readonly replaces?: number;
}

export const WELCOME = '{"welcome":true}';
/** Close code of a WebSocket: there is no such session, or it has ended. */
export const NO_SESSION = 4401;
/** Where the page that a link opens carries its new session, as `ID.SECRET`: the name of a `<meta>` element. */
export const SESSION_META = 'switchyard-session';
