/** The calls that a console can make to its host, the same over an IPC pipe and a WebSocket. */
import type { TRPCBuiltRouter, TRPCDefaultErrorShape, TRPCMutationProcedure, TRPCQueryProcedure, TRPCSubscriptionProcedure } from '@trpc/server';
import type { ZodType, z } from 'zod';
import { alertCalls } from './alerts.ts';
import { auditCalls } from './audit.ts';
import { backupCalls } from './backups.ts';
import type { Call, HostOf } from './call.ts';
import { competenceCalls } from './competences.ts';
import { contactCalls } from './contacts.ts';
import { deskCalls } from './desk.ts';
import { desktopCalls } from './desktop.ts';
import { flowCalls } from './flow.ts';
import { keptCaseCalls } from './kept-cases.ts';
import { leadCalls } from './leads.ts';
import { listCalls } from './lists.ts';
import { operatorCalls } from './operators.ts';
import { ownPageCalls } from './own-page.ts';
import { peopleCalls } from './people.ts';
import { presetCalls } from './presets.ts';
import type { Principal } from './principal.ts';
import { refusedContactCalls } from './refused-contacts.ts';
import { reportCalls } from './reports.ts';
import { ruleCalls } from './rules.ts';
import { scheduledExportCalls } from './scheduled-exports.ts';
import { workScheduleCalls } from './schedules.ts';
import { sessionCalls } from './sessions.ts';
import { settingsCalls } from './settings.ts';
import { sourceCalls } from './sources.ts';
import { suggestedMergeCalls } from './suggested-merges.ts';
import { todayCalls } from './today.ts';

/** All calls. Names are unique across features: they are what travels. */
export const consoleCalls = {
  ...deskCalls,
  ...alertCalls,
  ...todayCalls,
  ...flowCalls,
  ...contactCalls,
  ...listCalls,
  ...leadCalls,
  ...suggestedMergeCalls,
  ...refusedContactCalls,
  ...operatorCalls,
  ...sourceCalls,
  ...competenceCalls,
  ...ruleCalls,
  ...keptCaseCalls,
  ...workScheduleCalls,
  ...presetCalls,
  ...settingsCalls,
  ...auditCalls,
  ...reportCalls,
  ...scheduledExportCalls,
  ...backupCalls,
  ...sessionCalls,
  ...peopleCalls,
  ...ownPageCalls,
  ...desktopCalls,
};

/** Everything the host does for a console. */
export type Host = HostOf<typeof consoleCalls>;

/** What every call is answered from. */
export interface ConsoleContext {
  readonly host: Host;
  readonly principal: Principal;
}

export interface Answered<Input, Answer> {
  // biome-ignore lint/suspicious/noConfusingVoidType: tRPC's sign that the client passes nothing
  input: Input extends ZodType ? z.input<Input> : void;
  output: Answer;
  meta: object;
}

type ProcedureOf<C> =
  C extends Call<infer K, infer Input, infer Answer>
    ? {
        query: TRPCQueryProcedure<Answered<Input, Answer>>;
        command: TRPCMutationProcedure<Answered<Input, Answer>>;
        subscription: TRPCSubscriptionProcedure<Answered<Input, AsyncIterable<Answer>>>;
      }[K]
    : never;

/** The router as tRPC's client knows it. `console/router.ts` of the host builds it. */
export type ConsoleRouter = TRPCBuiltRouter<
  { ctx: ConsoleContext; meta: object; errorShape: TRPCDefaultErrorShape; transformer: false },
  { [Name in keyof typeof consoleCalls]: ProcedureOf<(typeof consoleCalls)[Name]> }
>;
