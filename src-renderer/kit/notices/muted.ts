/** Mute of this console: the reader's choice, kept in this browser. Other consoles are not affected. */
import { create } from 'zustand';
import { hostNow } from '#link/host-clock.ts';

const KEPT_AS = 'switchyard.muted_until';
const MUTED_FOR_MS = 3_600_000;

/** End of the mute on the host's clock; 0: not muted. */
export const useMuted = create<{ readonly until: number }>(() => ({ until: Number(localStorage.getItem(KEPT_AS)) || 0 }));

/** Mutes this console for an hour. */
export function mute(): void {
  set(hostNow() + MUTED_FOR_MS);
}

export function unmute(): void {
  set(0);
}

function set(until: number): void {
  localStorage.setItem(KEPT_AS, String(until));
  useMuted.setState({ until });
}

export const isMuted = (): boolean => hostNow() < useMuted.getState().until;
