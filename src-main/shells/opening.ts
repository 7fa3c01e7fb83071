/** What a host is opened with. */
import type { Desktop } from '#console/parts.ts';
import type { ConnectConsole } from '#console/serve.ts';
import type { Sessions } from '#engine/access/sessions.ts';
import type { SignIn } from '#engine/access/sign-in.ts';
import type { App } from '#intake/app.ts';
import type { Listening } from '#intake/listen.ts';
import type { Destination, Exports, Print } from '#reports/exports.ts';
import type { Every } from '#shared/time.ts';
import type { Space } from '#vault/disk-space.ts';
import type { DataDir } from './data-dir.ts';
import type { InstanceLock } from './instance-lock.ts';
import type { Log } from './log.ts';
import type { Options } from './options.ts';

/** Injected dependencies on the outside world. */
export interface HostWorld {
  readonly now: () => number;
  /** a uniformly distributed integer r, 0 ≤ r < sum */
  readonly dice: (sum: number) => number;
  /** a new source key, unguessable */
  readonly newKey: () => string;
  readonly timeZone: string;
  /** space of the disk that contains a path */
  readonly space: (path: string) => Promise<Space>;
  readonly every: Every;
}

/** The host's parts, for extensions of a shell. */
export interface Parts {
  readonly dataDir: DataDir;
  readonly sessions: Sessions;
  readonly signIn: SignIn;
  readonly connect: ConnectConsole;
  readonly exports: Exports;
  readonly log: Log['logger'];
}

/** Extensions that a shell adds to the host. */
export interface Extension {
  /** adds routes to the HTTP port; called before it listens */
  routes?(app: App, parts: Parts): void;
  /** attaches to the sockets; the returned function is called before they close */
  sockets?(listening: Listening, parts: Parts): () => void;
  /** destination of files exported by consoles */
  readonly exportsTo: Destination;
  /** choices of the window's user; absent without a window */
  readonly desktop?: Desktop;
  /** the console is served to browsers on the HTTP port */
  readonly servesConsole?: true;
  /** returns a function that prints a console page */
  readonly print: () => Print;
}

/** Functions that close what has been opened, called in reverse order. */
export type Closers = (() => unknown)[];

export interface Opening {
  readonly options: Options;
  readonly world: HostWorld;
  readonly extension: Extension | undefined;
  readonly dataDir: DataDir;
  readonly lock: InstanceLock;
  readonly closers: Closers;
}
