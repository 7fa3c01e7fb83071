import { create } from 'zustand';
import { ask, attempt, type Outcome } from '#link/attempt.ts';
import { client } from '#link/client.ts';
import type { Preset } from '#shared/contract/presets.ts';

interface Presets {
  readonly presets: readonly Preset[];
  /** the preset with an open preview */
  readonly shown: Preset | null;
  /** the dialog that saves the current weights is open */
  readonly isNaming: boolean;
}

export const usePresets = create<Presets>(() => ({ presets: [], shown: null, isNaming: false }));

/** Loaded when the menu opens: others may have saved presets meanwhile. */
export async function loadPresets(): Promise<void> {
  const outcome = await ask((signal) => client.presets.query(undefined, { signal }));
  if (outcome.ok) usePresets.setState({ presets: outcome.value });
}

/** Opens the preview of a preset; null closes it. */
export const show = (shown: Preset | null): void => usePresets.setState({ shown });
/** Opens or closes the form that saves a preset. */
export const nameOne = (isNaming: boolean): void => usePresets.setState({ isNaming });

export const savePreset = (name: string, also: { readonly with_limits: boolean; readonly with_rules: boolean }): Promise<Outcome<Preset>> =>
  attempt((signal) => client.savePreset.mutate({ name, ...also }, { signal }));
export const applyPreset = (id: number): Promise<Outcome<null>> => attempt((signal) => client.applyPreset.mutate({ id }, { signal }));
export const removePreset = (id: number): Promise<Outcome<null>> => attempt((signal) => client.removePreset.mutate({ id }, { signal }));
