/** What a sentence of the audit log is made from. The sentences of a configured thing are in its folder, the others in the feature `audit`. */
import type { TFunction } from 'i18next';
import type { AuditChange, AuditKind } from '#shared/contract/audit.ts';

export interface Names {
  readonly operator: (id: number) => string;
  readonly source: (id: number) => string;
  readonly schedule: (id: number) => string;
  /** of a country, by its ISO 3166 code */
  readonly region: (code: string) => string;
}

export type Fields = Readonly<Record<string, unknown>>;

/** A record; other values have no fields. */
export const fields = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
/** A text as it is, anything else as JSON. */
export const text = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

/** A change, and what its sentence may need. */
export interface Told {
  readonly change: AuditChange;
  readonly names: Names;
  readonly t: TFunction;
  /** maximum number of weights to list */
  readonly most: number;
  /** of the change, by name */
  readonly operator: string;
  readonly source: string;
  /** The fields before and after the change; null: there was none before, or there is none now. */
  readonly before: Fields | null;
  readonly after: Fields | null;
}

export type Sentence = (told: Told) => string;

/** Sentences by kind of change. */
export type Sentences = Partial<Readonly<Record<AuditKind, Sentence>>>;

/** The leads of a merge. */
export const mergedLeads = ({ change: { data } }: Told) => ({ merged: text(data.merged_id), survivor: text(data.survivor_id) });

/** That something was archived, restored or renamed. */
export function changedNames(before: Fields, after: Fields, t: TFunction): string[] {
  const parts: string[] = [];
  if (before.is_archived !== after.is_archived) parts.push(t(after.is_archived === true ? 'audit.archived' : 'audit.restored'));
  if (before.name !== after.name) parts.push(t('audit.renamed', { before: text(before.name), after: text(after.name) }));
  return parts;
}
