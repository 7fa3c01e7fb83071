/** Console calls about the desk as a whole: what it is, its board, and whether it can accept contacts. */
import type { Board } from '../board.ts';
import type { Replaced } from './backups.ts';
import { command, query, subscription } from './call.ts';
import type { Me } from './people.ts';
import type { Result } from './problems.ts';
import type { EncodedRun } from './runs.ts';

/** The interval in which no contact could be accepted because the host did not run, epoch milliseconds. */
export interface Closed {
  readonly from: number;
  readonly until: number;
  /** the host was stopped by a person or the system; otherwise it ended unexpectedly, and `from` is precise to the minute */
  readonly was_stopped: boolean;
}

export interface HostInfo {
  readonly version: string;
  /** `http://127.0.0.1:8000` */
  readonly api_url: string;
  /** how other machines reach the port. `plain`: they are not, or not all, encrypted */
  readonly network: 'none' | 'encrypted' | 'plain';
  /** SHA-256 of a certificate that the desk made itself, as browsers show it; null: it has none */
  readonly fingerprint: string | null;
  /** given at startup, else that of the window; null: the browser's */
  readonly language: 'ru' | 'en' | null;
  /** IANA name; "today" is a day there */
  readonly time_zone: string;
  readonly demo_running: boolean;
  /** the demo's sources exist, whether or not the bot runs */
  readonly has_demo: boolean;
  /** before this start; null at the first */
  readonly closed: Closed | null;
  /** the host's clock when this was sent, epoch milliseconds */
  readonly now: number;
}

/** What prevents the host from writing. */
export type Fault = 'disk_full' | 'database_locked' | 'disk_error' | 'database_damaged';

/**
 * Whether contacts can be accepted. While refusing, the host resumes automatically once the cause is gone; while read-only, it needs a person and a restart.
 * `space_low_since`: epoch milliseconds; the data directory's disk has been low on space since then.
 */
export type Condition =
  | { readonly state: 'serving'; readonly space_low_since?: number }
  | { readonly state: 'refusing' | 'read_only'; readonly cause: Fault; readonly since: number };

/** Numbers of what people added to a desk that the demo filled. */
export interface BesidesDemo {
  readonly operators: number;
  readonly sources: number;
  /** of those sources */
  readonly contacts: number;
}

export const deskCalls = {
  info: query('person').answers<HostInfo & { readonly me: Me }>(),
  board: query('viewer').answers<Board>(),
  /**
   * Yields runs of consecutive changes soon after their commit, in order and without gaps. An empty one means that the board was reloaded and must be
   * fetched again. Subscribe first, then fetch `board`.
   */
  changes: subscription('viewer').answers<EncodedRun>(),
  /** Yields the current condition, then each later one. */
  condition: subscription('person').answers<Condition>(),
  /** Fills an empty workspace with demo operators and sources and starts the demo bot. */
  startDemo: command('admin').answers<Result<null>>(),
  stopDemo: command('supervisor').answers<void>(),
  /** What people added besides the demo. */
  besidesDemo: query('supervisor').answers<BesidesDemo>(),
  /** Stops the bot and leaves an empty desk with the same settings. The desk as it was is kept as a backup. `not_allowed` without a demo. */
  removeDemo: command('admin').answers<Result<Replaced>>(),
};
