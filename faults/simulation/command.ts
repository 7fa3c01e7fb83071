/** What may be asked of the desk in a simulation, and what came of it as one line, so that the engine's answer and the model's prediction compare as text. */
import { setCompetence } from '#engine/competences.ts';
import { closeContact, reassignContact } from '#engine/contacts.ts';
import { saveLead, undoMerge } from '#engine/leads.ts';
import { archiveOperator, createOperator, updateOperator } from '#engine/operators.ts';
import { type Submitted, submitContact } from '#engine/submit-contact.ts';
import type { Write } from '#engine/write.ts';
import type { Contact, LeadAnswer, Operator } from '#shared/contract/entities.ts';
import { ok, type Result } from '#shared/contract/problems.ts';

/** Identifiers as the desk keeps them, so that the model need not know how they are normalised. */
export interface Person {
  readonly external_id: string | null;
  readonly phone: string | null;
  readonly email: string | null;
}

export type Command =
  | { readonly do: 'submit'; readonly source: number; readonly person: Person; readonly key: string | null; readonly message: string }
  | { readonly do: 'close'; readonly contact: number }
  | { readonly do: 'reassign'; readonly contact: number; readonly operator: number | null }
  | { readonly do: 'activity'; readonly operator: number; readonly is_active: boolean }
  | { readonly do: 'capacity'; readonly operator: number; readonly max_load: number }
  | { readonly do: 'hire'; readonly name: string; readonly is_active: boolean; readonly max_load: number }
  | { readonly do: 'dismiss'; readonly operator: number }
  | { readonly do: 'weigh'; readonly operator: number; readonly source: number; readonly weight: number | null }
  | { readonly do: 'lead'; readonly person: Person }
  | { readonly do: 'undo'; readonly merge: number };

export type Run = (write: Write, command: Command) => Result<string>;

/** The engine's own use cases. */
export const run: Run = (write, command) => {
  switch (command.do) {
    case 'submit': {
      const { source: source_id, person, key, message } = command;
      const fingerprint = key === null ? null : Buffer.from(JSON.stringify([person, message]));
      return told(submitContact(write, { input: { ...person, message, source_id }, idempotency_key: key, fingerprint }), submission);
    }
    case 'close':
      return told(closeContact(write, command.contact), contact);
    case 'reassign':
      return told(reassignContact(write, command.contact, command.operator), contact);
    case 'activity':
      return told(updateOperator(write, command.operator, { is_active: command.is_active }), operator);
    case 'capacity':
      return told(updateOperator(write, command.operator, { max_load: command.max_load }), operator);
    case 'hire':
      return told(createOperator(write, { name: command.name, is_active: command.is_active, max_load: command.max_load }), operator);
    case 'dismiss':
      return told(archiveOperator(write, command.operator), operator);
    case 'weigh':
      return told(setCompetence(write, command.operator, command.source, command.weight), () => 'weighed');
    case 'lead':
      return told(saveLead(write, command.person), ({ id, created }: LeadAnswer) => `lead ${id}${created ? ' new' : ''}`);
    case 'undo':
      return told(undoMerge(write, command.merge), ({ id }) => `merge ${id} undone`);
  }
};

const told = <T>(result: Result<T>, words: (value: T) => string): Result<string> => (result.ok ? ok(words(result.value)) : result);

const contact = ({ id, status, operator_id, lead_id, waiting_reason }: Contact) =>
  inWords({ id, status, operator: operator_id, lead: lead_id, why: waiting_reason });

const submission = ({ contact: taken, replayed }: Submitted) => `${contact(taken)}${taken.lead.created ? ' new lead' : ''}${replayed ? ' replayed' : ''}`;

const operator = ({ id, is_active, max_load, current_load }: Operator) => operatorInWords(id, is_active, current_load, max_load);

export const inWords = (of: { id: number; status: string; operator: number | null; lead: number; why: string | null }): string =>
  `contact ${of.id} ${of.status} operator ${of.operator} lead ${of.lead} ${of.why ?? ''}`;

export const operatorInWords = (id: number, is_active: boolean, load: number, max_load: number): string =>
  `operator ${id} ${is_active ? 'active' : 'inactive'} ${load}/${max_load}`;
