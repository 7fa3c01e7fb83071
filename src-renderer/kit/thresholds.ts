/** From where on a figure of the pulse needs a person. Amber asks for a look, red for a hand. */
export type Tone = 'calm' | 'warn' | 'bad';

export const WAIT_WARN_MS = 60_000;
export const WAIT_BAD_MS = 5 * 60_000;
const LOAD_WARN = 0.85;

export const waitTone = (waiting: number, oldestMs: number): Tone =>
  waiting === 0 || oldestMs < WAIT_WARN_MS ? 'calm' : oldestMs < WAIT_BAD_MS ? 'warn' : 'bad';
export const loadTone = (load: number, capacity: number): Tone => (capacity === 0 || load / capacity < LOAD_WARN ? 'calm' : load < capacity ? 'warn' : 'bad');
export const activeTone = (active: number, operators: number): Tone => (operators > 0 && active === 0 ? 'bad' : 'calm');
