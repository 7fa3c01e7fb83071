/** The last closure that this reader has acknowledged, kept in this browser. */
import { create } from 'zustand';

const KEPT_AS = 'switchyard.closed_seen';

/** `until`: end of that closure in epoch milliseconds; 0: none */
export const useClosedSeen = create<{ readonly until: number }>(() => ({ until: Number(localStorage.getItem(KEPT_AS)) || 0 }));

/** Remembers in this browser that the closing up to `until` was seen. */
export function closedSeen(until: number): void {
  localStorage.setItem(KEPT_AS, String(until));
  useClosedSeen.setState({ until });
}
