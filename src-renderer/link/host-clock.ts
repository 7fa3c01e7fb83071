/** What time it is at the host: all that the desk counts is counted by its clock, and this machine's may be minutes off. */

/** Less is the way there and back, and no fault of a clock. */
const WORTH_MS = 2_000;

let ahead = 0; // of this machine's clock, ms

/** Epoch milliseconds on the host's clock. */
export const hostNow = (): number => Date.now() + ahead;

/** The host has said `now` to a question of `asked_at`, by this machine's clock. */
export function setHostClock(now: number, asked_at: number): void {
  const found = Math.round(now - (asked_at + Date.now()) / 2);
  ahead = Math.abs(found) < WORTH_MS ? 0 : found;
}

const difference = () => Date.now() - performance.now();
let before = difference();

/** Whether this machine's clock was set, or the machine slept, since the last look. */
export function hasJumped(): boolean {
  const jump = Math.abs(difference() - before) > WORTH_MS;
  before = difference();
  return jump;
}
