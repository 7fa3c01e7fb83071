import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { isBefore, overtakesAt, type Turn } from './turn.ts';

const later = (turn: Turn, by: number): Turn => ({ ...turn, waited: turn.waited + by });
const turns = (id: number) =>
  fc.record({
    id: fc.constant(id),
    waited: fc.integer({ min: 0, max: 10 ** 10 }),
    target: fc.integer({ min: 1, max: 10 ** 6 }),
    urgency: fc.integer({ min: 1, max: 100 }),
  });

describe('overtaking', () => {
  property.prop([turns(1), turns(2), fc.boolean()])('happens at the first millisecond at which the other is no longer first, or never', (a, b, flip) => {
    const [turn, other] = flip ? [b, a] : [a, b];
    fc.pre(isBefore(other, turn));
    const at = overtakesAt(turn, other, 5);
    if (at === null) {
      for (const by of [1, 1000, 10 ** 12]) expect(isBefore(later(turn, by), later(other, by))).toBe(false);
      return;
    }
    expect(at).toBeGreaterThan(5);
    expect(isBefore(later(turn, at - 5), later(other, at - 5))).toBe(true);
    expect(isBefore(later(turn, at - 6), later(other, at - 6))).toBe(false);
  });

  test('waits one millisecond more at the same share, where the older contact is first', () => {
    const call = { id: 1, waited: 70_000, target: 60, urgency: 1 };
    const chat = { id: 2, waited: 0, target: 10, urgency: 1 };
    expect(overtakesAt(chat, call, 0)).toBe(14_001);
    expect(overtakesAt({ ...chat, id: 1 }, { ...call, id: 2 }, 0)).toBe(14_000);
  });
});
