/** What an effect consists of. `effects.ts` lists all kinds, one file per subject. */
import type { Board, Draft } from '../board.ts';
import type { EventDetails } from '../contract/event-details.ts';

/** The ids that the journal keeps in columns of their own. */
export interface Subject {
  readonly contact_id: number | null;
  readonly operator_id: number | null;
  readonly source_id: number | null;
}

/** The data of a journal row, as the use cases write it. */
export interface Data {
  readonly after: unknown;
  readonly contact_id: number | null;
  readonly lead_id: number;
  readonly message_id: number;
  readonly merge_id: number;
  readonly survivor_id: number;
  readonly merged_id: number;
  readonly suggested_merge_id: number;
  readonly refused_contact_id?: number;
  readonly count: number;
  readonly schedule_id: number;
  readonly work_schedule_id: number;
  readonly lost_from: number;
  readonly lost_until: number;
}

type Note = (operator_id: number) => void;

/** One kind of effect. `E` is what it carries. */
export interface EffectKind<E> {
  /** its meaning, for the documentation of the API's events */
  readonly event: string;
  /** How it changes the board; null: not at all. */
  readonly apply: ((draft: Draft, effect: E) => void) | null;
  /** its topic in the audit log; absent: it is not in the log */
  readonly topic?: string;
  /**
   * The configured thing whose fields it sets: it belongs to a step, which can be undone, and its data is journalled with the step.
   * null: it belongs to a step, and undoing that sets no fields. Absent: it belongs to none.
   */
  readonly thing?: string | null;
  /** Absent: no ids. */
  readonly subject?: (effect: E) => Partial<Subject>;
  /** Notes the operators who may have gained a free slot or an eligible contact. Absent: nobody. */
  readonly opens?: (effect: E, note: Note, board: Board) => void;
  /** Notes the operators whose load it changes. Absent: nobody's. */
  readonly loads?: (effect: E, note: Note) => void;
  /** The source whose candidates it changes, or all sources. Absent: none. */
  readonly candidates?: (effect: E) => number | 'all';
  /** Whether a contact that an operator has had may have entered or left the queue. Absent: no. */
  readonly queuesAgain?: (effect: E) => boolean;
  /** The public details of its event: ids, numbers and flags. Names are personal data, and settings are private. */
  readonly details?: (data: Data) => EventDetails;
}

declare const carried: unique symbol;
export interface Carries<E> {
  /** for the compiler only */
  readonly [carried]?: E;
}

/** What the effects of an entry carry. */
export type Carried<Kind> = Kind extends Carries<infer E> ? E : never;

/** Makes the entry of a kind of effect that carries `E`. */
export const effect =
  <E>() =>
  <const Kind extends EffectKind<E>>(kind: Kind): Kind & Carries<E> =>
    kind;

/** The journal columns of an effect that concerns a source only. */
export const ofSource = ({ source_id }: { readonly source_id: number }): Partial<Subject> => ({ source_id });
