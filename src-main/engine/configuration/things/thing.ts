/** What a kind of configured thing consists of. `things.ts` lists them all, one file each. */

import type { FieldRule, Fields } from '#engine/configuration/field-rules.ts';
import type { Write } from '#engine/core/write.ts';
import type { Board } from '#shared/board.ts';
import { fail } from '#shared/contract/problems.ts';
import type { KindsWith, ThingKind } from '#shared/effects/effects.ts';
import type { JournalEntry } from '#store/journal/journal.ts';
import type { Reading } from '#store/sqlite/open.ts';

/** `weights` of a source, whose fields are operator ids; `rule` of a source; `settings` use id 0. */
export type Kind = ThingKind;

export interface Subject {
  readonly kind: Kind;
  readonly id: number;
}

/** The fields of a subject to set, with their new values; other fields are kept. */
export interface Wanted extends Subject {
  readonly fields: Fields;
}

/** Read access to the configuration: within a write, or as of the last commit. */
export interface Look {
  readonly tx: Reading;
  readonly board: Board;
}

/** Everything to be set in one step, for problems that concern several subjects. */
export interface Plan extends Look {
  /** the value that a field is to get; undefined: it is kept */
  readonly fieldOf: (kind: Kind, id: number, field: string) => unknown;
  /** whether it will be archived, or does not exist */
  readonly isGone: (kind: 'operator' | 'source', id: number) => boolean;
}

/** The fields of one subject that a step changed. */
export interface Difference extends Subject {
  readonly before: Fields;
  readonly after: Fields;
  /** All fields of a subject that the step created: it is undone only while they are unchanged. */
  readonly made?: Fields;
}

/** The data of a journal row, as `put` and the use cases write it. */
export interface Data {
  readonly before: unknown;
  readonly after: unknown;
  /** ids of things without a column of their own */
  readonly [id: `${string}_id`]: number | undefined;
}

export type DifferenceOf = (row: Pick<JournalEntry, 'operator_id' | 'source_id'>, data: Data) => Difference | null;

/** What the audit log shows of a row's data. `changed` gives the fields that the row changed. */
export type Shown = (data: Data, changed: () => Difference | undefined) => object;

/** A change of fields to put in place. */
export interface Putting {
  readonly id: number;
  /** those to set */
  readonly fields: Fields;
  /** all of them */
  readonly before: Fields;
  readonly next: Fields;
  /** added to the data of each journal row */
  readonly note: object;
}

export type Refused = ReturnType<typeof fail>;

/** A configured thing. Its effects name it in `#shared/effects`. */
export interface Thing<K extends Kind = Kind> {
  /** Its fields within this write; null when it never existed. A missing field is null. */
  readonly fields: (look: Look, id: number) => Fields | null;
  /** rules between its fields */
  readonly rules?: readonly FieldRule[];
  /** Changes of other subjects that follow from a change of its fields. */
  readonly consequences?: (look: Look, id: number, fields: Fields) => Wanted[];
  /** Why the fields cannot be set; null: they can. @param present its fields; null when it never existed */
  readonly problem?: (plan: Plan, change: { readonly id: number; readonly fields: Fields; readonly present: Fields | null }) => Refused | null;
  /** put in place after the things that it refers to */
  readonly isLate?: true;
  /** Writes the fields, and journals and announces the change. */
  readonly put: (write: Write, change: Putting) => void;
  /** By kind of its effects: the difference that a row of the journal records, from which the change is undone. */
  readonly differences: Readonly<Record<KindsWith<{ readonly thing: K }>, DifferenceOf>>;
  /** By kind: the data of a row as the audit log shows it, where the journal's is too long to read. */
  readonly shown?: Readonly<Partial<Record<KindsWith<{ readonly thing: K }>, Shown>>>;
}

/** The difference between two values of all fields. `null`: the subject did not exist. */
export const between = (subject: Subject, before: unknown, after: unknown): Difference => ({
  ...subject,
  before: (before ?? {}) as Fields, // as `put` writes them
  after: (after ?? {}) as Fields,
});

/** As `between`; undoing a creation archives the subject, and its history stays. */
export const betweenOrMade = (subject: Subject, before: unknown, after: unknown): Difference =>
  before === null ? { ...between(subject, { is_archived: true }, { is_archived: false }), made: after as Fields } : between(subject, before, after);

export function nameTaken(name: string): Refused {
  return fail('name_taken', `The name ${name} is in use.`, { params: { name } });
}
