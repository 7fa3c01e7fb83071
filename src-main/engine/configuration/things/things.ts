/** All things that are configured. */
import { type Effect, effectKind } from '#shared/effects/effects.ts';
import type { JournalEntry } from '#store/journal/journal.ts';
import { keptCaseThing } from '#things/kept-case/thing.ts';
import { leadThing } from '#things/lead/thing.ts';
import { operatorThing } from '#things/operator/thing.ts';
import { personThing } from '#things/person/thing.ts';
import { presetThing } from '#things/preset/thing.ts';
import { ruleThing } from '#things/rule/thing.ts';
import { settingsThing } from '#things/settings/thing.ts';
import { shiftsThing } from '#things/shifts/thing.ts';
import { sourceThing } from '#things/source/thing.ts';
import { suggestedMergeThing } from '#things/suggested-merge/thing.ts';
import { weightsThing } from '#things/weights/thing.ts';
import { workScheduleThing } from '#things/work-schedule/thing.ts';
import type { Data, Difference, DifferenceOf, Kind, Shown, Thing } from './thing.ts';

export const things: { readonly [K in Kind]: Thing<K> } = {
  operator: operatorThing,
  source: sourceThing,
  weights: weightsThing,
  rule: ruleThing,
  kept_case: keptCaseThing,
  lead: leadThing,
  settings: settingsThing,
  work_schedule: workScheduleThing,
  shifts: shiftsThing,
  preset: presetThing,
  person: personThing,
  suggested_merge: suggestedMergeThing,
};

interface ByKind {
  readonly differences: Partial<Readonly<Record<string, DifferenceOf>>>;
  readonly shown?: Partial<Readonly<Record<string, Shown>>>;
}

/** What its thing says about changes of this row's kind; empty if it belongs to no thing. */
function saidOf(row: JournalEntry): { readonly differenceOf?: DifferenceOf | undefined; readonly shown?: Shown | undefined } {
  const { thing } = effectKind(row.kind as Effect['kind']); // only Write.emit writes kinds
  if (!thing || row.data === null) return {};
  const { differences, shown } = things[thing as Kind] as ByKind; // entries name known things
  return { differenceOf: differences[row.kind], shown: shown?.[row.kind] };
}

/** The difference that a row of the journal records; null: undoing it sets no fields. */
export const differenceOf = (row: JournalEntry): Difference | null => saidOf(row).differenceOf?.(row, row.data as Data) ?? null;

/** The data of a row of the journal as the audit log shows it. */
export const shownOf = (row: JournalEntry, changed: () => Difference | undefined): object => saidOf(row).shown?.(row.data as Data, changed) ?? row.data ?? {};
