/** What each kind of effect means for the journal, the queue, the caches of writes, and the public events: one entry for each kind. */
import type { Board, Effect } from '#shared/board.ts';
import type { DeskEvent } from '#shared/contract/events.ts';

/** The ids that the journal keeps in columns of their own. */
interface Subject {
  readonly contact_id: number | null;
  readonly operator_id: number | null;
  readonly source_id: number | null;
}

/** The data of a journal row, as the use cases write it. */
export interface Data {
  readonly after: unknown;
  readonly contact_id: number | null;
  readonly lead_id: number;
  readonly merge_id: number;
  readonly survivor_id: number;
  readonly merged_id: number;
  readonly suggested_merge_id: number;
  readonly refused_contact_id?: number;
  readonly count: number;
  readonly schedule_id: number;
  readonly lost_from: number;
  readonly lost_until: number;
}

type Note = (operator_id: number) => void;

export interface Meaning<E extends Effect> {
  readonly subject: (effect: E) => Subject;
  /** The change belongs to a step, which can be undone: its data, if there is any, is journalled with the step. */
  readonly isOfStep?: true;
  /** Notes the operators who may have gained a free slot or an eligible contact. Absent: nobody. */
  readonly opens?: (effect: E, note: Note, board: Board) => void;
  /** Notes the operators whose load it changes. Absent: nobody's. */
  readonly loads?: (effect: E, note: Note) => void;
  /** The source whose candidates it changes, or all sources. Absent: none. */
  readonly candidates?: (effect: E) => number | 'all';
  /** The public details of its event: ids, numbers and flags. Names are personal data, and settings are private. */
  readonly details?: (data: Data) => Partial<DeskEvent>;
}

type Meanings = { readonly [K in Effect['kind']]: Meaning<Extract<Effect, { kind: K }>> };

const subject = (contact_id: number | null, operator_id: number | null, source_id: number | null): Subject => ({ contact_id, operator_id, source_id });
const noSubject = () => subject(null, null, null);
const ofSource = ({ source_id }: { readonly source_id: number }) => subject(null, null, source_id);
const iso = (at: number): string => new Date(at).toISOString();

const leadId = ({ lead_id }: Data) => ({ lead_id });
const merged = ({ merge_id, survivor_id, merged_id }: Data) => ({ merge_id, survivor_id, merged_id });
const suggested = ({ suggested_merge_id, survivor_id, merged_id, contact_id }: Data) => ({ suggested_merge_id, survivor_id, merged_id, contact_id });
const refused = ({ refused_contact_id, contact_id }: Data) => ({
  ...(refused_contact_id !== undefined && { refused_contact_id }), // journals of the first version do not record the refused contact
  ...(contact_id !== undefined && { contact_id }),
});
const scheduled = ({ schedule_id }: Data) => ({ schedule_id });

const meanings = {
  contact_assigned: {
    subject: ({ decision }) => subject(decision.contact_id, decision.operator_id, decision.source_id),
    isOfStep: true,
    opens({ from }, note) {
      if (typeof from === 'number') note(from);
    },
    loads({ decision, from }, note) {
      note(decision.operator_id);
      if (typeof from === 'number') note(from);
    },
  },
  contact_waiting: {
    subject: ({ decision }) => subject(decision.contact_id, decision.operator_id, decision.source_id),
    isOfStep: true,
    opens({ from, decision }, note, board) {
      if (typeof from !== 'number') return;
      note(from);
      for (const id in board.weights[decision.source_id]) note(Number(id)); // other operators than its holder may take it
    },
    loads({ from }, note) {
      if (typeof from === 'number') note(from);
    },
  },
  contact_closed: {
    subject: ({ contact_id, from, source_id }) => subject(contact_id, typeof from === 'number' ? from : null, source_id),
    opens({ from }, note) {
      if (typeof from === 'number') note(from);
    },
    loads({ from }, note) {
      if (typeof from === 'number') note(from);
    },
  },
  operator_saved: {
    subject: ({ operator }) => subject(null, operator.id, null),
    isOfStep: true,
    opens: ({ operator }, note) => note(operator.id),
    candidates: () => 'all',
    details(data) {
      const { is_active, inactive_reason, max_load, is_archived } = data.after as Required<
        Pick<DeskEvent, 'is_active' | 'inactive_reason' | 'max_load' | 'is_archived'>
      >;
      return { is_active, inactive_reason: inactive_reason ?? null, max_load, is_archived }; // early journals have no reasons
    },
  },
  source_saved: {
    subject: ({ source }) => subject(null, null, source.id),
    isOfStep: true,
    details: (data) => ({ is_archived: (data.after as { is_archived: boolean }).is_archived }),
  },
  source_keys_changed: { subject: ofSource, isOfStep: true },
  competence_saved: {
    subject: ({ operator_id, source_id }) => subject(null, operator_id, source_id),
    isOfStep: true,
    opens: ({ operator_id }, note) => note(operator_id),
    candidates: ({ source_id }) => source_id,
    details: (data) => ({ weight: data.after as number | null }),
  },
  competences_replaced: {
    subject: ofSource,
    isOfStep: true,
    opens({ weights }, note) {
      for (const id in weights) note(Number(id));
    },
    candidates: ({ source_id }) => source_id,
  },
  settings_saved: { subject: noSubject, isOfStep: true },
  preset_saved: { subject: noSubject, isOfStep: true },
  lead_saved: { subject: noSubject, details: leadId },
  lead_erased: { subject: noSubject, details: leadId },
  leads_merged: { subject: noSubject, details: merged },
  merge_undone: { subject: noSubject, details: merged },
  merge_suggested: { subject: noSubject, details: suggested },
  suggested_merge_dismissed: { subject: noSubject, isOfStep: true, details: suggested },
  suggested_merge_reopened: { subject: noSubject, isOfStep: true, details: suggested },
  contact_refused: { subject: noSubject, details: refused },
  refused_contact_settled: { subject: noSubject, details: refused },
  refused_contacts_folded: {
    subject: ofSource,
    details: ({ refused_contact_id, count }) => ({ count, ...(refused_contact_id !== undefined && { refused_contact_id }) }),
  },
  schedule_saved: { subject: noSubject, details: scheduled },
  report_exported: { subject: noSubject, details: scheduled },
  database_restored: { subject: noSubject, details: ({ lost_from, lost_until }) => ({ lost_from: iso(lost_from), lost_until: iso(lost_until) }) },
} as const satisfies Meanings;

/** The kinds of effect that belong to a step. */
export type StepKind = { [K in keyof typeof meanings]: (typeof meanings)[K] extends { readonly isOfStep: true } ? K : never }[keyof typeof meanings];

/** What an effect of this kind means. */
export const meaningOf = (kind: Effect['kind']): Meaning<Effect> => meanings[kind] as unknown as Meaning<Effect>; // to be asked about effects of its own kind only
