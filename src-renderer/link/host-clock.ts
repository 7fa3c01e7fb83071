/** The host's time: the desk measures everything by its clock, and this machine's may be minutes off. */

/** Smaller differences are network latency, not a clock error. */
const WORTH_MS = 2_000;

let ahead = 0; // offset to this machine's clock, ms

/** Epoch milliseconds on the host's clock. */
export const hostNow = (): number => Date.now() + ahead;

/** Records that the host answered `now` to a request sent at `asked_at`, on this machine's clock. */
export function setHostClock(now: number, asked_at: number): void {
  const found = Math.round(now - (asked_at + Date.now()) / 2);
  ahead = Math.abs(found) < WORTH_MS ? 0 : found;
}

const difference = () => Date.now() - performance.now();
let before = difference();

/** Whether this machine's clock was set, or the machine slept, since the last check. */
export function hasJumped(): boolean {
  const jump = Math.abs(difference() - before) > WORTH_MS;
  before = difference();
  return jump;
}
