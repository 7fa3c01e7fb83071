import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { folder } from '#store/testing/folder.ts';
import { type IntakeTimes, recordIntake } from './intake-times.ts';

const MINUTE = 60_000;
const NOON = Date.parse('2026-11-22T12:00:00.000Z');
let file: string;
beforeEach(() => {
  file = join(folder(), 'intake.json');
});

/** Opens intake at a moment; its timer then ticks on request. */
function open(at: number, { latest = Number.NEGATIVE_INFINITY } = {}): IntakeTimes & { tickAt: (at: number) => void } {
  let now = at;
  let tick = () => {};
  const times = recordIntake(file, {
    now: () => now,
    every: (ms, call) => {
      expect(ms).toBe(MINUTE);
      tick = call;
      return () => {
        tick = () => {};
      };
    },
    latestArrival: () => latest,
  });
  const until = (moment: number) => {
    now = moment;
  };
  return {
    closed: times.closed,
    tickAt(moment) {
      until(moment);
      tick();
    },
    close() {
      until(now + MINUTE / 2);
      times.close();
      tick();
    },
  };
}

test('the first start has no closed interval', () => {
  expect(open(NOON).closed).toBeNull();
});

test('after a stop the next start knows when intake was closed, to the millisecond', () => {
  const first = open(NOON);
  first.tickAt(NOON + MINUTE);
  first.close();
  expect(open(NOON + 60 * MINUTE).closed).toEqual({ from: NOON + 1.5 * MINUTE, until: NOON + 60 * MINUTE, was_stopped: true });
});

test('after a crash it uses the last minute recorded, or the latest contact if that was later', () => {
  open(NOON).tickAt(NOON + MINUTE);
  const until = NOON + 60 * MINUTE;
  expect(open(until).closed).toEqual({ from: NOON + MINUTE, until, was_stopped: false });
  open(NOON).tickAt(NOON + MINUTE);
  expect(open(until, { latest: NOON + MINUTE + 17 }).closed).toEqual({ from: NOON + MINUTE + 17, until, was_stopped: false });
});

test('after the clock was set back, or with a lost or invalid record, there is no interval, and the next start has one again', () => {
  open(NOON).close();
  expect(open(NOON - MINUTE).closed).toBeNull();
  for (const text of ['', '{', '{"open_until":"noon","was_stopped":true}', 'null']) {
    writeFileSync(file, text);
    const times = open(NOON);
    expect(times.closed, text).toBeNull();
    times.close();
    expect(open(NOON + MINUTE).closed, text).toMatchObject({ from: NOON + MINUTE / 2 });
  }
});

test('a record that cannot be written, as on a full disk, stops nothing and leaves the previous one', () => {
  open(NOON).close();
  const kept = readFileSync(file, 'utf8');
  rmSync(dirname(file), { recursive: true });
  const times = open(NOON + MINUTE);
  times.tickAt(NOON + 2 * MINUTE);
  times.close();
  expect(() => readFileSync(file)).toThrow('ENOENT');
  expect(kept).toContain('"was_stopped":true');
});
