/** Implements the console's contract on the engine. All changes are recorded with the actor `console`. */

import { audit } from '#engine/audit.ts';
import type { BackupKeeper } from '#engine/backups.ts';
import { replaceCompetences, saveWeights, setCompetence } from '#engine/competences.ts';
import { closeContact, closeContacts, moveContacts, reassignContact } from '#engine/contacts.ts';
import { type Engine, NotNow, OutcomeUnknown, type Write } from '#engine/engine.ts';
import { eraseLead } from '#engine/erase-lead.ts';
import { handInRefusedContact } from '#engine/hand-in-again.ts';
import { importOperators } from '#engine/import-operators.ts';
import { undoMerge } from '#engine/leads.ts';
import { heldContacts, leaveOperator } from '#engine/leave.ts';
import { archiveOperator, createOperator, restoreOperator, updateOperator } from '#engine/operators.ts';
import { leadExport } from '#engine/personal-data.ts';
import { applyPreset, presets, removePreset, savePreset } from '#engine/presets.ts';
import { contact, decision, foldedRefusals, lead, refusedContact, refusedContacts, sources } from '#engine/queries.ts';
import { dismissRefusedContact } from '#engine/refused-contacts.ts';
import { exportRuns, removeSchedule, schedules } from '#engine/scheduled-exports.ts';
import { saveSettings } from '#engine/settings.ts';
import { addSourceKey, archiveSource, createSource, restoreSource, revokeSourceKey, updateSource } from '#engine/sources.ts';
import { acceptSuggestedMerge, dismissSuggestedMerge, suggestedMerges } from '#engine/suggested-merges.ts';
import { undoChange } from '#engine/undo-change.ts';
import { type Answer, mapAnswer } from '#engine/write.ts';
import type { Exports } from '#reports/exports.ts';
import type { Reader } from '#reports/reader.ts';
import type { Reports } from '#reports/reports.ts';
import type { Scheduler } from '#reports/scheduler.ts';
import type { Host } from '#shared/contract/console.ts';
import type { DesktopHost } from '#shared/contract/desktop.ts';
import { fail, notFound, type Result } from '#shared/contract/problems.ts';
import type { SessionsHost } from '#shared/contract/sessions.ts';
import { listsHost } from './lists.ts';
import { Runs } from './runs.ts';

/** What only the surrounding process knows or can do. */
export interface Surroundings extends Pick<Host, 'info' | 'startDemo' | 'stopDemo' | 'watchAlerts'> {
  /** choices of the window's user; absent without a window */
  readonly desktop?: DesktopHost | undefined;
  /** browser sessions; without it, browsers cannot open the console */
  readonly sessions?: SessionsHost | undefined;
  readonly backups: BackupKeeper;
  readonly reader: Pick<Reader, 'ask'>;
  readonly reports: Reports;
  readonly exports: Exports;
  readonly scheduler: Pick<Scheduler, 'create' | 'run'>;
}

const noDesktop: DesktopHost = {
  desktop: () => null,
  watchDesktop: () => () => undefined,
  saveDesktop: () => fail('not_allowed', 'There is no window here to choose this for.'),
};

const noSessions: SessionsHost = {
  sessions: () => [],
  endSession: async (id) => notFound('session', id),
  makeConsoleLink: () => fail('not_allowed', 'The console is shown in the window of this machine; no browser is let in.'),
};

export function createHost(
  engine: Engine,
  { desktop = noDesktop, sessions = noSessions, backups, reader, reports, exports, scheduler, ...surroundings }: Surroundings,
): Host {
  const { read } = engine;
  const runs = new Runs((listener) => engine.watch(listener));
  /** Runs a command. The answer carries the revision and, if there was one, the step, so that the console can offer to undo it. */
  const write = <T>(command: (write: Write) => Answer<T>): Promise<Result<T>> =>
    expectably(engine.write('console', (w) => mapAnswer(command(w), (result) => (result.ok && w.step !== null ? { ...result, step: w.step } : result))));
  /** Adds the present revision to the answer of an operation that uses several commands or none. */
  const asOfNow = async <T>(done: Promise<Result<T>>): Promise<Result<T>> => ({ ...(await expectably(done)), revision: engine.board().revision });
  return {
    ...surroundings,
    startDemo: () => asOfNow(surroundings.startDemo()),
    desktop: () => desktop.desktop(),
    watchDesktop: (listener) => desktop.watchDesktop(listener),
    saveDesktop: (patch) => desktop.saveDesktop(patch),
    sessions: () => sessions.sessions(),
    endSession: (id) => expectably(sessions.endSession(id)),
    makeConsoleLink: () => sessions.makeConsoleLink(),
    board: () => engine.board(),
    watch: (listener) => runs.watch(listener),
    condition: () => engine.condition(),
    watchCondition: (listener) => engine.watchCondition(listener),
    today: (within_ms) => engine.today.figures(within_ms),

    ...listsHost(engine, reader, exports, () => surroundings.info().time_zone),
    moveContacts: (moves) => write((w) => moveContacts(w, moves)),
    closeContacts: (ids) => write((w) => closeContacts(w, ids)),
    exportLead: (id) => leadExport(read, id),
    eraseLead: (id) => expectably(eraseLead(engine, 'console', id)),

    contact: (id) => contact(read, id, null),
    decision: (contact_id) => decision(read, contact_id),
    closeContact: (id) => write((w) => closeContact(w, id)),
    reassignContact: (id, operator_id) => write((w) => reassignContact(w, id, operator_id)),

    createOperator: (input) => write((w) => createOperator(w, input)),
    updateOperator: (id, patch) => write((w) => updateOperator(w, id, patch)),
    archiveOperator: (id) => write((w) => archiveOperator(w, id)),

    sources: () => sources(read),
    createSource: (input) => write((w) => createSource(w, input)),
    updateSource: (id, patch) => write((w) => updateSource(w, id, patch)),
    archiveSource: (id) => write((w) => archiveSource(w, id)),
    addSourceKey: (source_id) => write((w) => addSourceKey(w, source_id)),
    revokeSourceKey: (source_id, key_id) => write((w) => revokeSourceKey(w, source_id, key_id)),

    restoreOperator: (id) => write((w) => restoreOperator(w, id)),
    restoreSource: (id) => write((w) => restoreSource(w, id)),
    heldContacts: (operator_id) => heldContacts(read, operator_id),
    leaveOperator: (input) => write((w) => leaveOperator(w, input)),
    importOperators: (rows) => write((w) => importOperators(w, rows)),
    saveWeights: (changes) => write((w) => saveWeights(w, changes)),
    undoChange: (revision) => write((w) => undoChange(w, revision)),
    audit: (query) => audit(read, query, surroundings.info().time_zone),

    presets: () => presets(read),
    savePreset: (name, with_limits) => write((w) => savePreset(w, name, with_limits)),
    removePreset: (id) => write((w) => removePreset(w, id)),
    applyPreset: (id) => write((w) => applyPreset(w, id)),

    saveSettings: (patch) => write((w) => saveSettings(w, patch)),

    setCompetence: (operator_id, source_id, weight) => write((w) => setCompetence(w, operator_id, source_id, weight)),
    replaceCompetences: (source_id, pairs) => write((w) => replaceCompetences(w, source_id, pairs)),

    lead: (id) => lead(read, id),
    undoMerge: (id) => write((w) => undoMerge(w, id)),
    suggestedMerges: (query) => suggestedMerges(read, query),
    acceptSuggestedMerge: (id) => write((w) => acceptSuggestedMerge(w, id)),
    dismissSuggestedMerge: (id) => write((w) => dismissSuggestedMerge(w, id)),

    refusedContacts: (query) => expected(refusedContacts(read, query)),
    foldedRefusals: () => foldedRefusals(read),
    refusedContact: (id) => refusedContact(read, id),
    handInRefusedContact: (id) => write((w) => handInRefusedContact(w, id)),
    dismissRefusedContact: (id) => write((w) => dismissRefusedContact(w, id)),

    report: (query, page, signal) => reports.report(query, page, signal),
    exportReport: (file) => exports.begin(file),
    printReport: (page) => exports.print(page),
    cancelExport: (id) => exports.cancel(id),
    watchExports: (listener) => exports.watch(listener),

    schedules: () => schedules(read),
    createSchedule: (input) => expectably(scheduler.create(input)),
    removeSchedule: (id) => write((w) => removeSchedule(w, id)),
    runSchedule: (id) => scheduler.run(id),
    exportRuns: () => exportRuns(read),

    backups: () => backups.list(),
    backUpNow: () => asOfNow(backups.backUpNow()),
    restoreBackup: (input) => asOfNow(backups.restore(input)),
    setSecondBackupFolder: (folder) => asOfNow(backups.setSecondFolder(folder)),
  };
}

/** Unwraps a list that can only be refused for an invalid cursor. Consoles only return cursors that they were given, never one from a URL. */
function expected<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.problem.detail);
  return result.value;
}

/** Converts write failures of the disk or database, which are not bugs, to problems that say what is safe and what to do. */
async function expectably<T>(written: Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await written;
  } catch (error) {
    if (error instanceof NotNow) return fail('overloaded', 'Nothing was done. Try again.');
    if (error instanceof OutcomeUnknown) return fail('outcome_unknown', 'It is not known whether this was stored.');
    throw error;
  }
}
