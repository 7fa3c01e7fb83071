import { afterEach, beforeEach, expect, test, vi } from 'vitest';

/** A browser that blocks audio until `press`; records what is played. */
function browser() {
  const notes: number[] = [];
  let isPressed = false;
  let waiting: (() => void)[] = [];
  class AudioContext {
    state = 'suspended';
    currentTime = 0;
    destination = {};
    async resume() {
      if (!isPressed) await new Promise<void>((resolve) => waiting.push(resolve));
      this.state = 'running';
    }
    async suspend() {
      this.state = 'suspended';
    }
    createOscillator() {
      const frequency = { value: 0 };
      return { frequency, connect: (to: unknown) => to, start: () => notes.push(frequency.value), stop: () => undefined };
    }
    createGain() {
      const set = () => undefined;
      return { gain: { setValueAtTime: set, linearRampToValueAtTime: set, exponentialRampToValueAtTime: set }, connect: (to: unknown) => to };
    }
  }
  const press = () => {
    isPressed = true;
    for (const resolve of waiting) resolve();
    waiting = [];
  };
  return { AudioContext, notes, press };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetModules();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('blocked audio is reported, and a later key press plays no sounds of hours ago', async () => {
  const { AudioContext, notes, press } = browser();
  vi.stubGlobal('AudioContext', AudioContext);
  const { play } = await import('./sound.ts');
  for (let nth = 0; nth < 3; nth++) {
    const heard = play('bad');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await heard).toBe(false);
  }
  press();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(notes).toEqual([]);
  expect(await play('warn')).toBe(true);
  expect(notes).toEqual([659, 880]);
});
