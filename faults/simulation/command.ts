/** The commands of a simulation, and their results as one line each, so that the engine's answer and the model's prediction compare as text. */
import { setCompetence } from '#engine/configuration/competences.ts';
import { archiveOperator, createOperator, updateOperator } from '#engine/configuration/operators.ts';
import { putOnLine, updateRule } from '#engine/configuration/rules.ts';
import { saveSettings } from '#engine/configuration/settings.ts';
import { archiveSource, restoreSource } from '#engine/configuration/sources.ts';
import { undoChange } from '#engine/configuration/undo-change.ts';
import { acceptContact, declineContact } from '#engine/contacts/acceptance.ts';
import { reopenContact } from '#engine/contacts/closing.ts';
import { closeContact, reassignContact } from '#engine/contacts/contacts.ts';
import { fingerprint } from '#engine/contacts/fingerprint.ts';
import { type Submitted, submitContact } from '#engine/contacts/submit-contact.ts';
import { type Answer, mapAnswer, type Write } from '#engine/core/write.ts';
import { saveLead, undoMerge } from '#engine/leads/leads.ts';
import { updateLead } from '#engine/leads/pin.ts';
import { acceptSuggestedMerge, dismissSuggestedMerge } from '#engine/leads/suggested-merges.ts';
import type { Contact, ContactInput, InactiveReason, LeadAnswer, Operator } from '#shared/contract/entities.ts';
import { ok } from '#shared/contract/problems.ts';
import type { RulePatch } from '#shared/contract/rules.ts';

/** Identifiers as the desk stores them, so that the model need not know how they are normalised. */
export interface Person {
  readonly external_id: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly name: string | null;
}

/** What a contact is about, and the target it is to be assigned within. */
export interface Wishes {
  readonly attributes: Readonly<Record<string, string>> | null;
  readonly target_seconds: number | null;
}

/** The state of an operator apart from weights, and whether a source is in use. */
export interface OperatorState {
  readonly is_active: boolean;
  readonly reason: InactiveReason | null;
  readonly max_load: number;
  readonly is_archived: boolean;
}

export type Command =
  | {
      readonly do: 'submit';
      readonly source: number;
      readonly person: Person;
      readonly wishes: Wishes;
      readonly key: string | null;
      readonly message: string;
      readonly isWrittenOtherwise: boolean;
    }
  | { readonly do: 'close' | 'reopen'; readonly contact: number }
  | { readonly do: 'take' | 'decline'; readonly contact: number; readonly operator?: number }
  | { readonly do: 'reassign'; readonly contact: number; readonly operator: number | null }
  | { readonly do: 'activity'; readonly operator: number; readonly is_active?: boolean; readonly reason?: InactiveReason | null }
  | { readonly do: 'capacity'; readonly operator: number; readonly max_load: number }
  | { readonly do: 'hire'; readonly name: string; readonly is_active: boolean; readonly max_load: number }
  | { readonly do: 'dismiss'; readonly operator: number }
  | { readonly do: 'weigh'; readonly operator: number; readonly source: number; readonly weight: number | null }
  | { readonly do: 'shelve'; readonly source: number; readonly is_archived: boolean }
  | { readonly do: 'rule'; readonly source: number; readonly patch: RulePatch }
  | { readonly do: 'line'; readonly operator: number; readonly source: number; readonly line: number }
  | { readonly do: 'tag'; readonly operator: number; readonly tags: readonly string[] }
  | { readonly do: 'pin'; readonly lead: number; readonly operator: number | null }
  /** the nth configuration change, from 1 */
  | { readonly do: 'take back'; readonly step: number }
  | { readonly do: 'lead'; readonly person: Person }
  | { readonly do: 'undo'; readonly merge: number }
  /** whether a person is asked before leads of different sources are merged */
  | { readonly do: 'ask first'; readonly isAsked: boolean }
  | { readonly do: 'accept' | 'keep apart'; readonly suggestion: number };

export type Run = (write: Write, command: Command) => Answer<string>;

/** The engine's own use cases. */
export const run: Run = (write, command) => {
  switch (command.do) {
    case 'submit': {
      const input = bodyOf(command);
      return told(submitContact(write, { input, idempotency_key: command.key, fingerprint: command.key === null ? null : fingerprint(input) }), submission);
    }
    case 'close':
      return told(closeContact(write, command.contact), contact);
    case 'reopen':
      return told(reopenContact(write, command.contact), contact);
    case 'take':
      return told(acceptContact(write, command.contact, { operator_id: command.operator }), contact);
    case 'decline':
      return told(declineContact(write, command.contact, { operator_id: command.operator }), contact);
    case 'reassign':
      return told(reassignContact(write, command.contact, command.operator), contact);
    case 'activity':
      return told(updateOperator(write, command.operator, { is_active: command.is_active, inactive_reason: command.reason }), operator);
    case 'capacity':
      return told(updateOperator(write, command.operator, { max_load: command.max_load }), operator);
    case 'hire':
      return told(createOperator(write, { name: command.name, is_active: command.is_active, max_load: command.max_load }), operator);
    case 'dismiss':
      return told(archiveOperator(write, command.operator), operator);
    case 'weigh':
      return told(setCompetence(write, command.operator, command.source, command.weight), () => 'weighed');
    case 'shelve':
      return told((command.is_archived ? archiveSource : restoreSource)(write, command.source), () => 'shelved');
    case 'rule':
      return told(updateRule(write, command.source, command.patch), () => 'ruled');
    case 'line':
      return told(putOnLine(write, [{ source_id: command.source, operator_id: command.operator }], command.line), () => 'lined up');
    case 'tag':
      return told(updateOperator(write, command.operator, { tags: [...command.tags] }), operator);
    case 'pin':
      return told(updateLead(write, command.lead, { pinned_operator_id: command.operator }), () => 'pinned');
    case 'take back':
      return told(undoChange(write, revisionOf(write, command.step)), () => 'taken back');
    case 'lead':
      return told(saveLead(write, command.person), (lead: LeadAnswer) => `lead ${lead.id}${lead.created ? ' new' : ''} ${shown(lead)}`);
    case 'undo':
      return told(undoMerge(write, command.merge), ({ id }) => `merge ${id} undone`);
    case 'ask first':
      return told(saveSettings(write, { merges_across_sources: command.isAsked ? 'ask' : 'auto' }), () => 'set');
    case 'accept':
      return told(acceptSuggestedMerge(write, command.suggestion), ({ id }) => `merge ${id}`);
    case 'keep apart':
      return told(dismissSuggestedMerge(write, command.suggestion), () => 'kept apart');
  }
};

/** What the bot sends; a retry may have the same content written differently. */
export function bodyOf({ source: source_id, person, wishes, message, isWrittenOtherwise }: Command & { do: 'submit' }): ContactInput & { source_id: number } {
  if (!isWrittenOtherwise) return { ...person, ...wishes, message, source_id };
  const padded = (text: string | null) => text && ` ${text} `;
  return {
    external_id: padded(person.external_id),
    phone: person.phone && `8 (${person.phone.slice(2, 5)}) ${person.phone.slice(5)}`,
    email: padded(person.email?.toUpperCase() ?? null),
    name: padded(person.name),
    ...wishes,
    message,
    source_id,
  };
}

/** The revision of the nth configuration step in the journal; 0 if there were fewer. */
export function revisionOf({ tx }: Write, step: number): number {
  const kinds =
    "'operator_saved', 'source_saved', 'competence_saved', 'competences_replaced', 'rule_saved', 'lead_pinned', 'suggested_merge_dismissed', 'suggested_merge_reopened'";
  const found = tx.get<{ step: number }>(
    `SELECT DISTINCT json_extract(data, '$.step') AS step FROM journal WHERE data IS NOT NULL AND kind IN (${kinds}) ORDER BY step LIMIT 1 OFFSET ?`,
    step - 1,
  );
  return found?.step ?? 0;
}

const told = <T>(answer: Answer<T>, words: (value: T) => string): Answer<string> =>
  mapAnswer(answer, (result) => (result.ok ? ok(words(result.value)) : result));

const contact = ({ id, status, operator_id, lead_id, waiting_reason, next_at, lead }: Contact) =>
  inWords({ id, status, operator: operator_id, lead: lead_id, why: waiting_reason, next: next_at === null ? null : Date.parse(next_at), shown: shown(lead) });

/** The handle by which a lead is shown. */
export const shown = ({ external_id, phone, email, name }: Person): string => [external_id, phone, email, name].join();

const submission = ({ contact: taken, replayed, joined }: Submitted) =>
  `${contact(taken)}${taken.lead.created ? ' new lead' : ''}${joined ? ' joined' : ''}${replayed ? ' replayed' : ''}`;

const operator = ({ id, current_load, inactive_reason, ...state }: Operator) => operatorInWords(id, { ...state, reason: inactive_reason }, current_load);

interface InWords {
  readonly id: number;
  readonly status: string;
  readonly operator: number | null;
  readonly lead: number;
  readonly why: string | null;
  /** when that changes by itself, in epoch milliseconds; null: never */
  readonly next: number | null;
  readonly shown: string;
}

export const inWords = (of: InWords): string =>
  `contact ${of.id} ${of.status} operator ${of.operator} lead ${of.lead} ${of.shown} ${of.why ?? ''}${of.next === null ? '' : ` until ${of.next}`}`;

export const operatorInWords = (id: number, { is_active, reason, max_load }: OperatorState, load: number): string =>
  `operator ${id} ${is_active ? 'active' : 'inactive'} ${reason ?? ''} ${load}/${max_load}`;
