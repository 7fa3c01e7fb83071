import { create } from 'zustand';
import type { HostInfo } from '#shared/contract/desk.ts';
import type { Me } from '#shared/contract/people.ts';
import { type Access, admits } from '#shared/contract/principal.ts';
import { ask } from './attempt.ts';
import { client } from './client.ts';
import { onLinkUp, useConnection } from './connection.ts';
import { hasJumped, setHostClock } from './host-clock.ts';

/** The host's information about itself, and about the user of this console; null until received. */
export const useInfo = create<{ info: (HostInfo & { readonly me: Me }) | null }>(() => ({ info: null }));

const isOpenTo = ({ info }: ReturnType<typeof useInfo.getState>, access: Access): boolean => info !== null && admits(access, info.me.role);

/** Whether the user of this console may make calls that admit `access`. Most controls are hidden by `data-needs` instead, see global.css. */
export const useMay = (access: Access): boolean => useInfo((state) => isOpenTo(state, access));
export const mayNow = (access: Access): boolean => isOpenTo(useInfo.getState(), access);

/** Fetches what the host says about itself. On failure the earlier answer stays. */
export async function fetchInfo(): Promise<void> {
  const asked_at = Date.now();
  const outcome = await ask((signal) => client.info.query(undefined, { signal }));
  if (!outcome.ok) return;
  setHostClock(outcome.value.now, asked_at);
  document.documentElement.dataset.role = outcome.value.me.role; // hides what has `data-needs` of a higher one, see global.css
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
