import { create } from 'zustand';
import { ask, attempt, type Failure, type Outcome } from '#link/attempt.ts';
import { boardStore } from '#link/board.ts';
import { client } from '#link/client.ts';
import type { CreatedKey, CreatedSource, ExternalIds, Source } from '#shared/contract/entities.ts';
import type { ExternalIdCounts } from '#shared/contract/sources.ts';

interface Sources {
  /** null until loaded */
  readonly sources: readonly Source[] | null;
  readonly failure: Failure | null;
  /** a key that was just made, shown once */
  readonly fresh: { readonly name: string; readonly api_key: string } | null;
}

export const useSources = create<Sources>(() => ({ sources: null, failure: null, fresh: null }));

async function load(): Promise<void> {
  const outcome = await ask((signal) => client.sources.query(undefined, { signal }));
  useSources.setState(outcome.ok ? { sources: outcome.value, failure: null } : { failure: outcome.problem });
}

/** Polling interval: the board does not show the use of keys. */
const KEY_USE_ASKED_MS = 15_000;

/** Loads, and reloads when a source changes, until the returned function is called. */
export function followSources(): () => void {
  void load();
  const timer = setInterval(() => document.hidden || void load(), KEY_USE_ASKED_MS);
  const unsubscribe = boardStore.subscribe((now, before) => {
    if (now.touched.sources !== before.touched.sources) void load();
  });
  return () => {
    clearInterval(timer);
    unsubscribe();
  };
}

/** Drops the key that was shown after its creation. It cannot be shown again. */
export const forgetFresh = (): void => useSources.setState({ fresh: null });

/** Creates a source; its key is shown once. */
export async function createSource(name: string): Promise<Outcome<CreatedSource>> {
  const outcome = await attempt((signal) => client.createSource.mutate({ name, settings: {}, external_ids: 'own' }, { signal }));
  if (outcome.ok) useSources.setState({ fresh: { name, api_key: outcome.value.api_key } });
  return outcome;
}

/** Adds a key; it is shown once. */
export async function addKey({ id, name }: Source): Promise<Outcome<CreatedKey>> {
  const outcome = await attempt((signal) => client.addSourceKey.mutate({ id }, { signal }));
  if (outcome.ok) useSources.setState({ fresh: { name, api_key: outcome.value.api_key } });
  return outcome;
}

export const renameSource = (id: number, name: string): Promise<Outcome<Source>> =>
  attempt((signal) => client.updateSource.mutate({ id, patch: { name } }, { signal }));

export const setExternalIds = (id: number, external_ids: ExternalIds): Promise<Outcome<Source>> =>
  attempt((signal) => client.updateSource.mutate({ id, patch: { external_ids } }, { signal }));

/** Sets it for all sources, which also answers the question asked on an older desk. */
export const chooseExternalIds = (external_ids: ExternalIds): Promise<Outcome<null>> =>
  attempt((signal) => client.chooseExternalIds.mutate({ external_ids }, { signal }));

/** Numbers that help to choose `external_ids`, see `ExternalIdCounts`. */
export const externalIdCounts = (): Promise<Outcome<readonly ExternalIdCounts[]>> => ask((signal) => client.externalIdCounts.query(undefined, { signal }));

export const archiveSource = (id: number): Promise<Outcome<Source>> => attempt((signal) => client.archiveSource.mutate({ id }, { signal }));

export const restoreSource = (id: number): Promise<Outcome<Source>> => attempt((signal) => client.restoreSource.mutate({ id }, { signal }));

export const revokeKey = (source_id: number, key_id: number): Promise<Outcome<null>> =>
  attempt((signal) => client.revokeSourceKey.mutate({ source_id, key_id }, { signal }));
