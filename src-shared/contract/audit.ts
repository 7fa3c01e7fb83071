/** The audit log: who changed what and when, from the journal's rows with before and after. The changes of one step form one entry. */
import { z } from 'zod';
import { type Effect, effectKind, effects, type KindsWith, type Topic, topics } from '../effects/effects.ts';
import { command, query } from './call.ts';
import type { ContactOutcome } from './contacts.ts';
import { id, pageQuery } from './entities.ts';
import type { Result } from './problems.ts';

/** The kinds of change that have a topic; the others are not in the log. */
export type AuditKind = KindsWith<{ readonly topic: string }>;

/** The kinds of change in the log. @param topic those of this topic; undefined: all */
export const auditKinds = (topic?: Topic): readonly AuditKind[] =>
  (Object.keys(effects) as Effect['kind'][]).filter((kind): kind is AuditKind => {
    const of = effectKind(kind).topic;
    return of !== undefined && (topic === undefined || of === topic);
  });

/** `desk`: the program itself; `bot`: any source, through its key; `person`: anybody who has signed in. */
export const auditActor = z.enum(['admin', 'console', 'person', 'desk', 'demo', 'bot']);
export type AuditActor = z.infer<typeof auditActor>;

export const auditQuery = pageQuery.extend({
  topic: z.enum(topics).optional(),
  actor: auditActor.optional(),
  operator_id: id.optional(),
  source_id: id.optional(),
  /** days in the workspace's time zone (`2026-11-22`), both included */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
});
export type AuditQuery = z.infer<typeof auditQuery>;

export interface AuditChange {
  readonly revision: number;
  readonly kind: AuditKind;
  readonly operator_id: number | null;
  readonly source_id: number | null;
  readonly contact_id: number | null;
  /** as stored in the journal: `before` and `after` for configuration, ids for the rest */
  readonly data: Readonly<Record<string, unknown>>;
}

export interface AuditEntry {
  /** of its first change; pass it to `undoChange` */
  readonly revision: number;
  /** epoch milliseconds */
  readonly at: number;
  /** `admin`, `console`, `desk`, `demo`, `source:3` or `person:2` */
  readonly actor: string;
  /** the present name of the person; null: the actor is none */
  readonly person: string | null;
  readonly changes: readonly AuditChange[];
  /** nothing it changed has been changed since */
  readonly is_undoable: boolean;
  /** the revision that this one undoes */
  readonly undoes: number | null;
}

export interface AuditPage {
  readonly items: readonly AuditEntry[];
  readonly next_cursor: string | null;
}

/** The result of undoing a step. */
export interface Undone {
  /** what happened to the contacts that the step had moved; contacts that are back where they were are not listed */
  readonly contacts: readonly ContactOutcome[];
  /** sources restored from the archive; their previous keys stay revoked */
  readonly sources_without_key: readonly number[];
}

export const auditCalls = {
  /** Newest first; a page has up to `limit` entries. */
  audit: query('viewer', auditQuery).answers<Result<AuditPage>>(),
  /**
   * Undoes everything done by the write that made this revision, if nothing of it has been changed since. Contacts that it moved go back
   * as far as capacity allows, unless they have been closed or moved manually since.
   */
  undoChange: command('supervisor', z.object({ revision: z.int().min(1) })).answers<Result<Undone>>(),
};
