import { create } from 'zustand';
import type { HostInfo } from '#shared/contract/console.ts';
import { ask } from './attempt.ts';
import { client } from './client.ts';
import { onLinkUp, useConnection } from './connection.ts';

/** What the host says of itself; null until it has said it. */
export const useInfo = create<{ info: HostInfo | null }>(() => ({ info: null }));

export async function fetchInfo(): Promise<void> {
  const outcome = await ask((signal) => client.info.query(undefined, { signal }));
  if (outcome.ok) useInfo.setState({ info: outcome.value });
}

onLinkUp(() => void fetchInfo());
if (useConnection.getState().is_up) void fetchInfo();

/** The time zone in which the workspace counts its days and shows its times. */
export const useTimeZone = (): string | undefined => useInfo((state) => state.info?.time_zone);
