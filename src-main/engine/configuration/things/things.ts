/** All things that are configured. */
import type { StepKind } from '#engine/core/effects.ts';
import { operatorThing } from './operator.ts';
import { presetThing } from './preset.ts';
import { settingsThing } from './settings.ts';
import { sourceThing } from './source.ts';
import { suggestedMergeThing } from './suggested-merge.ts';
import type { DifferenceOf, Kind, Thing } from './thing.ts';
import { weightsThing } from './weights.ts';

export const things: Readonly<Record<Kind, Thing>> = {
  operator: operatorThing,
  source: sourceThing,
  weights: weightsThing,
  settings: settingsThing,
  preset: presetThing,
  suggested_merge: suggestedMergeThing,
};

/** By kind of effect of a step: the difference that is undone. null: its undoing sets no fields */
export const differenceBy: Readonly<Record<StepKind, DifferenceOf | null>> = {
  ...operatorThing.differences,
  ...sourceThing.differences,
  ...weightsThing.differences,
  ...settingsThing.differences,
  ...presetThing.differences,
  ...suggestedMergeThing.differences,
  source_keys_changed: null, // a revoked key stays revoked
  contact_assigned: null, // moved back as capacity allows
  contact_waiting: null,
};
