import { create } from 'zustand';
import type { HostInfo } from '#shared/contract/desk.ts';
import { ask } from './attempt.ts';
import { client } from './client.ts';
import { onLinkUp, useConnection } from './connection.ts';
import { hasJumped, setHostClock } from './host-clock.ts';

/** The host's information about itself; null until received. */
export const useInfo = create<{ info: HostInfo | null }>(() => ({ info: null }));

/** Fetches what the host says about itself. On failure the earlier answer stays. */
export async function fetchInfo(): Promise<void> {
  const asked_at = Date.now();
  const outcome = await ask((signal) => client.info.query(undefined, { signal }));
  if (!outcome.ok) return;
  setHostClock(outcome.value.now, asked_at);
  useInfo.setState({ info: outcome.value });
}

const LOOK_AT_CLOCK_EVERY_MS = 10_000;

onLinkUp(() => void fetchInfo());
if (useConnection.getState().is_up) void fetchInfo();
setInterval(() => {
  if (hasJumped()) void fetchInfo();
}, LOOK_AT_CLOCK_EVERY_MS);

/** The time zone in which the workspace counts its days and shows its times. */
export const useTimeZone = (): string | undefined => useInfo((state) => state.info?.time_zone);
