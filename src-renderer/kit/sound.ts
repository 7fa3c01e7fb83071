/** Two short sounds without a file: one asks for a look, the other, lower and longer, for a hand. */
import type { Alert } from '#shared/alerts.ts';

const VOLUME = 0.12;
const TONE_S = 0.16;
const notes: Record<Alert['tone'], readonly number[]> = { warn: [659, 880], bad: [523, 392, 523, 392] }; // Hz

let context: AudioContext | undefined;

/** Silent until the reader has once pressed something: browsers insist. */
export function play(tone: Alert['tone']): void {
  context ??= new AudioContext();
  const { destination, currentTime } = context;
  if (context.state === 'suspended') void context.resume();
  notes[tone].forEach((frequency, nth) => {
    if (!context) return;
    const [oscillator, gain] = [context.createOscillator(), context.createGain()];
    const from = currentTime + nth * TONE_S;
    oscillator.frequency.value = frequency;
    gain.gain.setValueAtTime(0, from);
    gain.gain.linearRampToValueAtTime(VOLUME, from + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.001, from + TONE_S);
    oscillator.connect(gain).connect(destination);
    oscillator.start(from);
    oscillator.stop(from + TONE_S);
  });
}
