import { type Board, type BoardOperator, type BoardRule, type BoardSource, QUEUE_HEAD_SIZE, RECENT_SIZE } from '#shared/board.ts';
import { settingsFrom } from '#shared/contract/settings.ts';
import { latestRevision } from '#store/journal/journal.ts';
import type { Reading } from '#store/sqlite/open.ts';
import { allCompetences } from './competences.ts';
import { heldByOperator, queueHead, unacceptedContacts, waitingBySource } from './contacts.ts';
import { recentDecisions } from './decisions.ts';
import { allKeptCases } from './kept-cases.ts';
import { allOperators } from './operators.ts';
import { countOpenRefusals } from './refused-contacts.ts';
import { isDefault, presentRules } from './rules.ts';
import { allSchedules, allShifts } from './schedules.ts';
import { allSettings } from './settings.ts';
import { allSources } from './sources.ts';
import { countOpenSuggestedMerges } from './suggested-merges.ts';

/** Builds the board from the database. The reducer must arrive at the same board at the same revision. */
export function loadBoard(db: Reading): Board {
  const operators: Record<number, BoardOperator> = {};
  const held = heldByOperator(db);
  for (const row of allOperators(db)) {
    const { current_load, created_at: _, misses: __, archived_at, hours, switched_by, ...same } = row;
    const its = { ...(hours && { hours }), ...(switched_by && { switched_by }) };
    operators[row.id] = { ...same, ...its, is_archived: archived_at !== null, load: current_load, held: held.get(row.id) ?? 0 };
  }
  for (const { operator_id, date, shift } of allShifts(db)) {
    const its = operators[operator_id];
    if (its) operators[operator_id] = { ...its, shifts: { ...its.shifts, [date]: shift } };
  }
  for (const { operator_id, ...one } of unacceptedContacts(db)) {
    const holder = operators[operator_id];
    if (holder) operators[operator_id] = { ...holder, unaccepted: [...(holder.unaccepted ?? []), one] };
  }
  const sources: Record<number, BoardSource> = {};
  for (const { id, name, archived_at, external_ids } of allSources(db))
    sources[id] = { id, name, is_archived: archived_at !== null, ...(external_ids === 'own' && { has_own_ids: true }) };
  const weights: Record<number, Record<number, number>> = {};
  for (const { source_id, operator_id, weight } of allCompetences(db)) {
    weights[source_id] ??= {};
    weights[source_id][operator_id] = weight;
  }
  const rules: Record<number, BoardRule> = {};
  for (const { id, source_id, version, rule } of presentRules(db)) if (!isDefault(rule)) rules[source_id] = { id, version, ...rule };
  const waiting: Record<number, number> = {};
  for (const row of waitingBySource(db)) waiting[row.source_id] = row.waiting;
  return {
    revision: latestRevision(db),
    operators,
    sources,
    weights,
    rules,
    cases: allKeptCases(db),
    schedules: allSchedules(db),
    waiting,
    queue: queueHead(db, QUEUE_HEAD_SIZE),
    recent: recentDecisions(db, RECENT_SIZE),
    refused: countOpenRefusals(db),
    suggested_merges: countOpenSuggestedMerges(db),
    settings: settingsFrom(allSettings(db)),
  };
}
