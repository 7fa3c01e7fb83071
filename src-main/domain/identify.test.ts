import { describe, expect, test } from 'vitest';
import { identify, type LookedUp } from './identify.ts';

const external_id = (lead_id: number | null): LookedUp => ({ kind: 'external_id', value: 'tg-77', lead_id, isOwn: true });
const phone = (lead_id: number | null): LookedUp => ({ kind: 'phone', value: '+79001234567', lead_id, isOwn: true });
const email = (lead_id: number | null): LookedUp => ({ kind: 'email', value: 'anna@example.com', lead_id, isOwn: true });
const unowned = ({ kind, value }: LookedUp) => ({ kind, value });

describe('the lead of a contact is', () => {
  test('a new lead with all given identifiers, if none is known', () => {
    expect(identify([external_id(null), phone(null), email(null)])).toEqual({
      lead_id: null,
      duplicates: [],
      held: [],
      added: [external_id(null), phone(null), email(null)].map(unowned),
    });
  });

  test('the one lead found, which also gets the identifiers that nobody owns yet', () => {
    expect(identify([external_id(null), phone(5), email(null)])).toEqual({
      lead_id: 5,
      duplicates: [],
      held: [],
      added: [external_id(null), email(null)].map(unowned),
    });
  });

  test('the same lead found twice, which is no duplicate of itself', () => {
    expect(identify([external_id(5), phone(5), email(5)])).toEqual({ lead_id: 5, duplicates: [], held: [], added: [] });
  });

  test('of several the one found by external_id, then phone, then email; the others are duplicates in that order', () => {
    expect(identify([external_id(9), phone(5), email(1)])).toEqual({ lead_id: 9, duplicates: [5, 1], held: [], added: [] });
    expect(identify([external_id(null), phone(9), email(1)])).toEqual({ lead_id: 9, duplicates: [1], held: [], added: [unowned(external_id(null))] });
    expect(identify([external_id(9), phone(1), email(1)])).toEqual({ lead_id: 9, duplicates: [1], held: [], added: [] });
    expect(identify([external_id(9), phone(1), email(9)])).toEqual({ lead_id: 9, duplicates: [1], held: [], added: [] });
  });
});
