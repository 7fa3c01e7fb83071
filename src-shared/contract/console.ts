/**
 * The calls that a console can make to its host: a tRPC router over the `Host` interface,
 * the same over an IPC pipe and a WebSocket. Expected failures are returned as values (`Result`), never thrown.
 */
import { initTRPC } from '@trpc/server';
import { z } from 'zod';
import type { Board } from '../board.ts';
import { type AlertsHost, alertsProcedures } from './alerts.ts';
import type { AuditHost } from './audit.ts';
import { auditProcedures } from './audit-procedures.ts';
import { type Backup, type Backups, type Restored, type RestoreInput, restoreInput } from './backups.ts';
import { Bell } from './bell.ts';
import type { ChangesHost } from './changes.ts';
import { changeProcedures } from './changes-procedures.ts';
import type { DesktopHost } from './desktop.ts';
import { desktopProcedures } from './desktop-procedures.ts';
import {
  type CompetencesInput,
  type Contact,
  type CreatedKey,
  type CreatedSource,
  competencesInput,
  type DecisionAnswer,
  type FoldedRefusals,
  id,
  type LeadDetail,
  type ListedRefusal,
  type Merge,
  type Operator,
  type OperatorInput,
  type OperatorPatch,
  operatorInput,
  operatorPatch,
  type Page,
  type PageQuery,
  pageQuery,
  type RefusedContact,
  reassignInput,
  type Source,
  type SourceInput,
  type SourcePatch,
  sourceInput,
  sourcePatch,
  weightInput,
} from './entities.ts';
import type { ListsHost } from './lists.ts';
import { listProcedures } from './lists-procedures.ts';
import type { MoveContactsHost } from './move-contacts.ts';
import type { PersonalDataHost } from './personal-data.ts';
import type { PresetsHost } from './presets.ts';
import { presetProcedures } from './presets-procedures.ts';
import type { Result } from './problems.ts';
import { type ReportsHost, reportProcedures } from './reports-procedures.ts';
import type { EncodedRun } from './runs.ts';
import { type ScheduledExportsHost, scheduledExportProcedures } from './scheduled-exports-procedures.ts';
import type { SessionsHost } from './sessions.ts';
import { sessionProcedures } from './sessions-procedures.ts';
import { type SettingsHost, settingsProcedures } from './settings-procedures.ts';
import type { SuggestedMergesHost } from './suggested-merges.ts';
import { suggestedMergesProcedures } from './suggested-merges-procedures.ts';
import { type TodayHost, todayInput } from './today.ts';

export interface HostInfo {
  readonly version: string;
  /** `http://127.0.0.1:8000` */
  readonly api_url: string;
  readonly data_dir: string;
  /** given at startup, else chosen by the window's user, else the operating system's */
  readonly language: 'ru' | 'en';
  /** IANA name; "today" is a day there */
  readonly time_zone: string;
  readonly demo_running: boolean;
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

/** Everything the host does for a console. src-main implements it; the renderer only sees it through the router below. */
export interface Host
  extends AlertsHost,
    AuditHost,
    ChangesHost,
    DesktopHost,
    ListsHost,
    MoveContactsHost,
    PersonalDataHost,
    PresetsHost,
    ReportsHost,
    ScheduledExportsHost,
    SessionsHost,
    SettingsHost,
    SuggestedMergesHost,
    TodayHost {
  info(): HostInfo;
  board(): Board;
  /**
   * Calls back with runs of consecutive changes soon after their commit, in order and without gaps, until the returned function is called.
   * An empty run means that the board was reloaded after an error: fetch it again.
   */
  watch(listener: (run: EncodedRun) => void): () => void;
  condition(): Condition;
  watchCondition(listener: (condition: Condition) => void): () => void;

  contact(id: number): Result<Contact>;
  decision(contact_id: number): Result<DecisionAnswer>;
  closeContact(id: number): Promise<Result<Contact>>;
  reassignContact(id: number, operator_id: number | null): Promise<Result<Contact>>;

  createOperator(input: OperatorInput): Promise<Result<Operator>>;
  updateOperator(id: number, patch: OperatorPatch): Promise<Result<Operator>>;
  archiveOperator(id: number): Promise<Result<Operator>>;

  sources(): Source[];
  createSource(input: SourceInput): Promise<Result<CreatedSource>>;
  updateSource(id: number, patch: SourcePatch): Promise<Result<Source>>;
  archiveSource(id: number): Promise<Result<Source>>;
  addSourceKey(source_id: number): Promise<Result<CreatedKey>>;
  revokeSourceKey(source_id: number, key_id: number): Promise<Result<null>>;

  /** null removes the competence */
  setCompetence(operator_id: number, source_id: number, weight: number | null): Promise<Result<null>>;
  replaceCompetences(source_id: number, pairs: CompetencesInput): Promise<Result<null>>;

  lead(id: number): Result<LeadDetail>;
  undoMerge(id: number): Promise<Result<Merge>>;

  /** The open ones, newest first. */
  refusedContacts(query: PageQuery): Page<ListedRefusal>;
  /** Counts of the refused contacts that were folded because a source had too many. */
  foldedRefusals(): readonly FoldedRefusals[];
  /** With its complete payload. */
  refusedContact(id: number): Result<RefusedContact>;
  /** Submits the payload again, as its bot would. Returns the resulting contact. */
  handInRefusedContact(id: number): Promise<Result<Contact>>;
  dismissRefusedContact(id: number): Promise<Result<null>>;

  backups(): Backups;
  backUpNow(): Promise<Result<Backup>>;
  /** The host continues from the restored state, and every console must fetch the board again. The previous state is kept as a backup. */
  restoreBackup(input: RestoreInput): Promise<Result<Restored>>;
  /** The absolute path of an existing folder; every backup is copied into our own subfolder of it. null: none */
  setSecondBackupFolder(folder: string | null): Promise<Result<null>>;

  /** Fills an empty workspace with demo operators and sources and starts the demo bot. */
  startDemo(): Promise<Result<null>>;
  stopDemo(): void;
}

/** Internal errors go to the log only: a message may name files or quote personal data, and a stack names files, whatever the environment variables say. */
const t = initTRPC.context<{ host: Host }>().create({
  isDev: false,
  errorFormatter: ({ shape, error }) => (error.code === 'INTERNAL_SERVER_ERROR' ? { ...shape, message: 'The host failed. Its log says why.' } : shape),
});
const { procedure, router } = t;

const byId = z.object({ id });
const pair = z.object({ operator_id: id, source_id: id });

export const consoleRouter = router({
  ...auditProcedures,
  ...changeProcedures,
  ...desktopProcedures,
  ...presetProcedures,
  ...reportProcedures,
  ...scheduledExportProcedures,
  ...sessionProcedures,
  ...settingsProcedures,
  ...suggestedMergesProcedures,
  info: procedure.query(({ ctx }) => ctx.host.info()),
  board: procedure.query(({ ctx }) => ctx.host.board()),
  /** Yields runs of consecutive changes; an empty one means that the board must be fetched again. Subscribe first, then fetch `board`. */
  changes: procedure.subscription(async function* ({ ctx, signal }): AsyncGenerator<EncodedRun> {
    const happened = new Bell();
    let runs: EncodedRun[] = [];
    const stop = ctx.host.watch((run) => {
      runs.push(run);
      happened.ring();
    });
    try {
      while (await happened.rung(signal)) {
        const some = runs;
        runs = [];
        yield* some;
      }
    } finally {
      stop();
    }
  }),
  /** Yields the current condition, then each later one. */
  condition: procedure.subscription(async function* ({ ctx, signal }): AsyncGenerator<Condition> {
    const happened = new Bell();
    const stop = ctx.host.watchCondition(() => happened.ring());
    try {
      do yield ctx.host.condition();
      while (await happened.rung(signal));
    } finally {
      stop();
    }
  }),

  ...alertsProcedures,
  today: procedure.input(todayInput).query(({ ctx, input }) => ctx.host.today(input.within_ms)),

  ...listProcedures,

  contact: procedure.input(byId).query(({ ctx, input }) => ctx.host.contact(input.id)),
  decision: procedure.input(z.object({ contact_id: id })).query(({ ctx, input }) => ctx.host.decision(input.contact_id)),
  closeContact: procedure.input(byId).mutation(({ ctx, input }) => ctx.host.closeContact(input.id)),
  reassignContact: procedure.input(byId.extend(reassignInput.shape)).mutation(({ ctx, input }) => ctx.host.reassignContact(input.id, input.operator_id)),

  createOperator: procedure.input(operatorInput).mutation(({ ctx, input }) => ctx.host.createOperator(input)),
  updateOperator: procedure.input(byId.extend({ patch: operatorPatch })).mutation(({ ctx, input }) => ctx.host.updateOperator(input.id, input.patch)),
  archiveOperator: procedure.input(byId).mutation(({ ctx, input }) => ctx.host.archiveOperator(input.id)),

  sources: procedure.query(({ ctx }) => ctx.host.sources()),
  createSource: procedure.input(sourceInput).mutation(({ ctx, input }) => ctx.host.createSource(input)),
  updateSource: procedure.input(byId.extend({ patch: sourcePatch })).mutation(({ ctx, input }) => ctx.host.updateSource(input.id, input.patch)),
  archiveSource: procedure.input(byId).mutation(({ ctx, input }) => ctx.host.archiveSource(input.id)),
  addSourceKey: procedure.input(byId).mutation(({ ctx, input }) => ctx.host.addSourceKey(input.id)),
  revokeSourceKey: procedure
    .input(z.object({ source_id: id, key_id: id }))
    .mutation(({ ctx, input }) => ctx.host.revokeSourceKey(input.source_id, input.key_id)),

  setCompetence: procedure
    .input(pair.extend({ weight: weightInput.shape.weight.nullable() }))
    .mutation(({ ctx, input }) => ctx.host.setCompetence(input.operator_id, input.source_id, input.weight)),
  replaceCompetences: procedure
    .input(z.object({ source_id: id, pairs: competencesInput }))
    .mutation(({ ctx, input }) => ctx.host.replaceCompetences(input.source_id, input.pairs)),

  lead: procedure.input(byId).query(({ ctx, input }) => ctx.host.lead(input.id)),
  undoMerge: procedure.input(byId).mutation(({ ctx, input }) => ctx.host.undoMerge(input.id)),

  refusedContacts: procedure.input(pageQuery).query(({ ctx, input }) => ctx.host.refusedContacts(input)),
  foldedRefusals: procedure.query(({ ctx }) => ctx.host.foldedRefusals()),
  refusedContact: procedure.input(byId).query(({ ctx, input }) => ctx.host.refusedContact(input.id)),
  handInRefusedContact: procedure.input(byId).mutation(({ ctx, input }) => ctx.host.handInRefusedContact(input.id)),
  dismissRefusedContact: procedure.input(byId).mutation(({ ctx, input }) => ctx.host.dismissRefusedContact(input.id)),

  backups: procedure.query(({ ctx }) => ctx.host.backups()),
  backUpNow: procedure.mutation(({ ctx }) => ctx.host.backUpNow()),
  restoreBackup: procedure.input(restoreInput).mutation(({ ctx, input }) => ctx.host.restoreBackup(input)),
  setSecondBackupFolder: procedure
    .input(z.object({ folder: z.string().nullable() }))
    .mutation(({ ctx, input }) => ctx.host.setSecondBackupFolder(input.folder)),

  startDemo: procedure.mutation(({ ctx }) => ctx.host.startDemo()),
  stopDemo: procedure.mutation(({ ctx }) => ctx.host.stopDemo()),
});
export type ConsoleRouter = typeof consoleRouter;
