/** All things that are configured. */
import { type Effect, effectKind } from '#shared/effects/effects.ts';
import type { JournalEntry } from '#store/journal/journal.ts';
import { keptCaseThing } from './kept-case.ts';
import { leadThing } from './lead.ts';
import { operatorThing } from './operator.ts';
import { presetThing } from './preset.ts';
import { ruleThing } from './rule.ts';
import { settingsThing } from './settings.ts';
import { sourceThing } from './source.ts';
import { suggestedMergeThing } from './suggested-merge.ts';
import type { Data, Difference, DifferenceOf, Kind, Thing } from './thing.ts';
import { weightsThing } from './weights.ts';

export const things: { readonly [K in Kind]: Thing<K> } = {
  operator: operatorThing,
  source: sourceThing,
  weights: weightsThing,
  rule: ruleThing,
  kept_case: keptCaseThing,
  lead: leadThing,
  settings: settingsThing,
  preset: presetThing,
  suggested_merge: suggestedMergeThing,
};

/** The difference that a row of the journal records; null: undoing it sets no fields. */
export function differenceOf(row: JournalEntry): Difference | null {
  const { thing } = effectKind(row.kind as Effect['kind']); // only Write.emit writes kinds
  if (!thing || row.data === null) return null;
  const { differences } = things[thing as Kind] as { differences: Partial<Readonly<Record<string, DifferenceOf>>> }; // entries name known things
  return differences[row.kind]?.(row, row.data as Data) ?? null;
}
