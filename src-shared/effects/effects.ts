/** All kinds of effect. The journal, the board, undo, the audit log, and the public events follow from their entries. */

import { keptCaseEffects } from '#things/kept-case/effects.ts';
import { pinEffects } from '#things/lead/effects.ts';
import { operatorEffects } from '#things/operator/effects.ts';
import { personEffects } from '#things/person/effects.ts';
import { presetEffects } from '#things/preset/effects.ts';
import { ruleEffects } from '#things/rule/effects.ts';
import { settingsEffects } from '#things/settings/effects.ts';
import { shiftsEffects } from '#things/shifts/effects.ts';
import { sourceEffects } from '#things/source/effects.ts';
import { suggestedMergeEffects } from '#things/suggested-merge/effects.ts';
import { weightEffects } from '#things/weights/effects.ts';
import { workScheduleEffects } from '#things/work-schedule/effects.ts';
import { type Board, Draft, type WaitingContact } from '../board.ts';
import { contactEffects } from './contacts.ts';
import type { Carried, EffectKind } from './effect.ts';
import { erasureEffects, leadEffects, mergeEffects } from './leads.ts';
import { refusedContactEffects } from './refused-contacts.ts';
import { restoreEffects } from './restores.ts';
import { scheduledExportEffects } from './scheduled-exports.ts';

/** Topics of the audit log, in the order shown. */
export const topics = ['operators', 'sources', 'weights', 'settings', 'presets', 'contacts', 'leads', 'refused', 'exports', 'backups', 'people'] as const;
export type Topic = (typeof topics)[number];

export const effects = {
  ...contactEffects,
  ...refusedContactEffects,
  ...leadEffects,
  ...pinEffects,
  ...mergeEffects,
  ...suggestedMergeEffects,
  ...erasureEffects,
  ...operatorEffects,
  ...workScheduleEffects,
  ...shiftsEffects,
  ...sourceEffects,
  ...weightEffects,
  ...ruleEffects,
  ...keptCaseEffects,
  ...settingsEffects,
  ...presetEffects,
  ...personEffects,
  ...scheduledExportEffects,
  ...restoreEffects,
} satisfies Readonly<Record<string, { readonly event: string; readonly topic?: Topic }>>;

type Kinds = typeof effects;

/** The kinds whose entry matches `Part`. */
export type KindsWith<Part> = { [K in keyof Kinds]: Kinds[K] extends Part ? K : never }[keyof Kinds];

/** The kinds of thing that are configured. */
export type ThingKind = NonNullable<Extract<Kinds[keyof Kinds], { readonly thing: unknown }>['thing']>;

export type Effect = { [K in keyof Kinds]: { readonly kind: K } & Carried<Kinds[K]> }[keyof Kinds];

/** What happened, in the form sent to every console. Revisions have no gaps and follow the order of commits. */
export type Change = Effect & {
  readonly revision: number;
  readonly at: number;
  /** waiting contacts that moved up into the part of the queue that the board keeps */
  readonly refill?: readonly WaitingContact[];
};

/** The entry of a kind of effect. */
export const effectKind = (kind: Effect['kind']): EffectKind<Effect> => effects[kind] as unknown as EffectKind<Effect>; // use it only with effects of its own kind

/** @throws Error if `change` is not the next revision: the caller must fetch a snapshot */
export function apply(draft: Draft, change: Change): void {
  if (change.revision !== draft.board.revision + 1) throw new Error(`change ${change.revision} does not follow revision ${draft.board.revision}`);
  draft.put('revision', change.revision);
  effectKind(change.kind).apply?.(draft, change);
  if (change.refill) draft.refill(change.refill);
}

/** The board after these changes. @throws Error if a revision is missing */
export function advance(board: Board, changes: readonly Change[]): Board {
  const draft = new Draft(board);
  for (const change of changes) apply(draft, change);
  return draft.finish();
}
