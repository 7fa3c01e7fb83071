/** Two short synthesised sounds: one for a warning, and a lower, longer one for a critical alert. */
import type { Alert } from '#shared/alerts.ts';

const VOLUME = 0.12;
const TONE_S = 0.16;
const notes: Record<Alert['tone'], readonly number[]> = { warn: [659, 880], bad: [523, 392, 523, 392] }; // Hz

let context: AudioContext | undefined;

/** A browser that allows audio starts at once; one that does not would start at the next user gesture, maybe hours later. */
const STARTS_WITHIN_MS = 1_000;

async function starts(audio: AudioContext): Promise<boolean> {
  if (audio.state === 'running') return true;
  const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), STARTS_WITHIN_MS));
  const started = await Promise.race([audio.resume().then(() => true), late]);
  if (!started) void audio.suspend(); // otherwise the sound would play then
  return started;
}

/** @returns false when the browser blocks audio, until the first user gesture on the page */
export async function play(tone: Alert['tone']): Promise<boolean> {
  context ??= new AudioContext();
  const audio = context;
  if (!(await starts(audio))) return false;
  notes[tone].forEach((frequency, nth) => {
    const [oscillator, gain] = [audio.createOscillator(), audio.createGain()];
    const from = audio.currentTime + nth * TONE_S;
    oscillator.frequency.value = frequency;
    gain.gain.setValueAtTime(0, from);
    gain.gain.linearRampToValueAtTime(VOLUME, from + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.001, from + TONE_S);
    oscillator.connect(gain).connect(audio.destination);
    oscillator.start(from);
    oscillator.stop(from + TONE_S);
  });
  return true;
}
