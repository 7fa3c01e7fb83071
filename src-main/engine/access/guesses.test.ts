import { expect, test } from 'vitest';
import { Guesses } from './guesses.ts';

function scene() {
  let now = 1_795_339_000_000;
  const guesses = new Guesses(() => now);
  const fail = (times: number, counted: string[]) => {
    for (let n = 0; n < times; n++) guesses.failed(counted);
  };
  return { guesses, fail, pass: (ms: number) => (now += ms) };
}

test('five failures cost nothing; then each doubles the wait, up to a minute', () => {
  const { guesses, fail } = scene();
  const waits = Array.from({ length: 14 }, () => {
    const wait = guesses.waitMs(['name anna']);
    fail(1, ['name anna']);
    return wait / 1000;
  });
  expect(waits).toEqual([0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
});

test('name and address are counted apart, and the longer wait holds', () => {
  const { guesses, fail } = scene();
  fail(6, ['name anna', 'address 10.0.0.1']);
  fail(2, ['name boris', 'address 10.0.0.1']);
  expect(guesses.waitMs(['name anna', 'address 10.0.0.9'])).toBe(2000);
  expect(guesses.waitMs(['name boris', 'address 10.0.0.9'])).toBe(0);
  expect(guesses.waitMs(['name vera', 'address 10.0.0.1'])).toBe(8000);
});

test('the wait passes, and what nobody tried for an hour is forgotten', () => {
  const { guesses, fail, pass } = scene();
  fail(20, ['name anna']);
  pass(59_999);
  expect(guesses.waitMs(['name anna'])).toBe(1);
  pass(1);
  expect(guesses.waitMs(['name anna'])).toBe(0);
  fail(1, ['name anna']);
  expect(guesses.waitMs(['name anna'])).toBe(60_000);
  pass(3_600_000);
  fail(1, ['name anna']);
  expect(guesses.waitMs(['name anna'])).toBe(0);
});

test('a clock that is set back makes nobody wait longer than a minute', () => {
  const { guesses, fail, pass } = scene();
  fail(20, ['name anna']);
  pass(-600_000);
  expect(guesses.waitMs(['name anna'])).toBe(60_000);
});

test('a success forgets the failures of the name, and keeps those of the address', () => {
  const { guesses, fail } = scene();
  fail(6, ['name anna', 'address 10.0.0.1']);
  guesses.succeeded('name anna');
  expect(guesses.waitMs(['name anna'])).toBe(0);
  expect(guesses.waitMs(['address 10.0.0.1'])).toBe(2000);
});

test('however many names are tried, a bounded number of them is remembered', () => {
  const { guesses, fail } = scene();
  fail(6, ['name first']);
  for (let n = 0; n < 10_000; n++) fail(1, [`name ${n}`]);
  expect(guesses.waitMs(['name first'])).toBe(0);
});
