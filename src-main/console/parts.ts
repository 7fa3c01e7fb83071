/** What the hosts of features are made from. */

import type { Invited } from '#engine/configuration/people.ts';
import type { Engine } from '#engine/core/engine.ts';
import type { Exports } from '#reports/exports.ts';
import type { FlowCounter } from '#reports/flow.ts';
import type { Reader } from '#reports/reader.ts';
import type { Reports } from '#reports/reports.ts';
import type { Scheduler } from '#reports/scheduler.ts';
import type { Replaced } from '#shared/contract/backups.ts';
import type { BesidesDemo, HostInfo } from '#shared/contract/desk.ts';
import type { DesktopChoices, DesktopPatch } from '#shared/contract/desktop.ts';
import type { ConsoleLink, Session } from '#shared/contract/entities.ts';
import type { Invitation } from '#shared/contract/people.ts';
import type { Actor, Principal } from '#shared/contract/principal.ts';
import type { Result } from '#shared/contract/problems.ts';
import type { BackupKeeper } from '#vault/backups.ts';
import type { AlertWatch } from './alerts.ts';
import type { Commands } from './commands.ts';
import type { Runs } from './runs.ts';

/** The choices of the window's user. */
export interface Desktop {
  desktop(): DesktopChoices;
  /** Calls back after each change, until the returned function is called. */
  watchDesktop(listener: () => void): () => void;
  saveDesktop(patch: DesktopPatch): Result<DesktopChoices>;
}

interface BrowserSessions {
  /** those that the principal may see and end */
  list(principal: Principal): Session[];
  end(id: number): Promise<Result<null>>;
  endAll(person_id: number): Promise<void>;
  link(): ConsoleLink;
  invitation(made: Invited): Invitation;
}

/** What only the surrounding process knows or can do. */
export interface Surroundings {
  readonly info: () => HostInfo;
  readonly runs: Pick<Runs, 'watch'>;
  readonly alerts: Pick<AlertWatch, 'watch'>;
  readonly flow: Pick<FlowCounter, 'figures'>;
  readonly demo: {
    start(): Promise<Result<null>>;
    stop(): void;
    besides(): BesidesDemo;
    remove(actor: Actor): Promise<Result<Replaced>>;
  };
  /** absent without a window */
  readonly desktop?: Desktop | undefined;
  /** absent where browsers cannot open the console */
  readonly sessions?: BrowserSessions | undefined;
  readonly backups: Pick<BackupKeeper, 'list' | 'backUpNow' | 'restore' | 'setSecondFolder'>;
  readonly reader: Pick<Reader, 'ask'>;
  readonly reports: Pick<Reports, 'report'>;
  readonly exports: Pick<Exports, 'begin' | 'print' | 'cancel' | 'list' | 'watch'>;
  readonly scheduler: Pick<Scheduler, 'create' | 'run'>;
}

export interface HostParts extends Surroundings, Commands {
  readonly engine: Engine;
}
