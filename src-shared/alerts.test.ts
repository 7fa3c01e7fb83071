import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { AGAIN_AFTER_MS, type Alert, type AlertState, APART_MS, CALMS_AFTER_MS, calmState, isQuiet, step } from './alerts.ts';
import { defaultSettings } from './contract/settings.ts';
import type { Readings } from './figures.ts';

const { thresholds } = defaultSettings; // waiting: 5 and 20; load: 85 % and 100 %
const fine: Readings = { waiting: 0, oldest_wait_seconds: 0, load_percent: 10, active_operators: 5, service_level_percent: 99 };

/** A desk whose figures the test sets, read once a second. */
class Shift {
  state: AlertState = calmState;
  now = 1_000_000;
  readings: Readings = fine;
  is_quiet = false;

  /** Lets time pass with these readings. Returns the notifications, each with its second. */
  pass(ms: number, readings: Partial<Readings> = {}): (Alert & { at: number })[] {
    this.readings = { ...fine, ...readings };
    const told: (Alert & { at: number })[] = [];
    for (let passed = 0; passed < ms; passed += 1000) {
      const next = step(this.state, { now: this.now, readings: this.readings, thresholds, is_quiet: this.is_quiet });
      this.state = next.state;
      told.push(...next.alerts.map((alert) => ({ ...alert, at: passed })));
      this.now += 1000;
    }
    return told;
  }
}

const MINUTE = 60_000;

describe('an alert', () => {
  test('is notified at once, and only once while the figure stays past its limit', () => {
    const shift = new Shift();
    expect(shift.pass(20 * MINUTE, { waiting: 5 })).toEqual([{ figure: 'waiting', tone: 'warn', reading: 5, at: 0 }]);
  });

  test('is notified again when the figure gets worse, but not when it improves', () => {
    const shift = new Shift();
    shift.pass(MINUTE, { waiting: 6 });
    expect(shift.pass(MINUTE, { waiting: 20 })).toEqual([{ figure: 'waiting', tone: 'bad', reading: 20, at: 0 }]);
    expect(shift.pass(MINUTE, { waiting: 6 })).toEqual([]);
  });

  test('is not notified at each fluctuation around the limit', () => {
    const shift = new Shift();
    const told = [];
    for (let nth = 0; nth < 200; nth++) told.push(...shift.pass(3_000, { waiting: nth % 2 === 0 ? 5 : 4 }));
    expect(told).toHaveLength(1);
  });

  test('is notified again when the figure was calm for a while and the last notification is long ago', () => {
    const shift = new Shift();
    shift.pass(1_000, { waiting: 5 });
    shift.pass(CALMS_AFTER_MS + 1_000);
    expect(shift.pass(MINUTE, { waiting: 5 }), 'too soon').toEqual([]);
    shift.pass(AGAIN_AFTER_MS);
    expect(shift.pass(MINUTE, { waiting: 5 })).toHaveLength(1);
  });

  test('also covers figures that can be too low: nobody on line, too few served in time', () => {
    const shift = new Shift();
    expect(shift.pass(1_000, { active_operators: 0, service_level_percent: 80 })).toEqual([
      { figure: 'active_operators', tone: 'bad', reading: 0, at: 0 },
      { figure: 'service_level_percent', tone: 'warn', reading: 80, at: 0 },
    ]);
    expect(shift.pass(MINUTE, { load_percent: null, active_operators: null, service_level_percent: null })).toEqual([]);
  });

  test('waits for the end of the quiet hours, and is notified then if it still holds', () => {
    const shift = new Shift();
    shift.is_quiet = true;
    expect(shift.pass(10 * MINUTE, { waiting: 30 })).toEqual([]);
    shift.is_quiet = false;
    expect(shift.pass(MINUTE, { waiting: 30 })).toEqual([{ figure: 'waiting', tone: 'bad', reading: 30, at: 0 }]);

    const calmed = new Shift();
    calmed.is_quiet = true;
    calmed.pass(MINUTE, { waiting: 30 });
    calmed.pass(MINUTE);
    calmed.is_quiet = false;
    expect(calmed.pass(MINUTE)).toEqual([]);
  });

  const second = fc.record({
    waiting: fc.nat(25),
    oldest_wait_seconds: fc.nat(400),
    load_percent: fc.option(fc.nat(100)),
    active_operators: fc.option(fc.nat(3)),
    service_level_percent: fc.option(fc.nat(100)),
  });
  property.prop([fc.array(fc.tuple(second, fc.integer({ min: 1, max: 40 }), fc.boolean()), { maxLength: 80 })])(
    'is never notified in quiet hours, too soon after another, or twice within its time, whatever the figures do',
    (parts) => {
      const shift = new Shift();
      let last = Number.NEGATIVE_INFINITY;
      const lastOf = new Map<string, number>();
      for (const [readings, seconds, quiet] of parts) {
        shift.is_quiet = quiet;
        const began = shift.now;
        for (const { figure, tone, at } of shift.pass(seconds * 1000, readings)) {
          const now = began + at;
          expect(quiet).toBe(false);
          expect(now === last || now - last >= APART_MS).toBe(true);
          expect(now - (lastOf.get(`${figure} ${tone}`) ?? Number.NEGATIVE_INFINITY)).toBeGreaterThanOrEqual(AGAIN_AFTER_MS);
          lastOf.set(`${figure} ${tone}`, now);
          last = now;
        }
      }
    },
  );
});

test('quiet hours can span midnight', () => {
  const night = { from: '22:00', to: '08:00' };
  expect(['21:59', '22:00', '03:00', '07:59', '08:00'].map((at) => isQuiet(night, at))).toEqual([false, true, true, true, false]);
  expect(['08:59', '09:00', '12:00', '13:00'].map((at) => isQuiet({ from: '09:00', to: '13:00' }, at))).toEqual([false, true, true, false]);
  expect(isQuiet(null, '03:00')).toBe(false);
});
