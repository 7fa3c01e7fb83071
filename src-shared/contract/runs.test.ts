import { expect, test } from 'vitest';
import type { RecentDecision } from '../board.ts';
import type { Change } from '../effects/effects.ts';
import { decodeRun, EncodedRun } from './runs.ts';

const at = Date.UTC(2026, 10, 22, 9, 15);
const decision: RecentDecision & { operator_id: number } = {
  id: 200_017,
  contact_id: 100_017,
  source_id: 4,
  at,
  kind: 'draw',
  lead: { id: 90_417, name: 'Анна Петрова', handle: '+79001234567' },
  operator_id: 317,
  waiting_reason: null,
  weight: 50,
  sum: 12_500,
};
const assigned: Change = { kind: 'contact_assigned', decision, from: 'intake', day: '2026-11-22', revision: 200_123, at };

test('a run is decoded as it was encoded, also one without changes', () => {
  const changes: Change[] = [
    assigned,
    { ...assigned, decision: { ...decision, at: at - 5, lead: { id: 1, name: null, handle: '' } }, from: 3, refill: [] },
    {
      kind: 'contact_waiting',
      decision: { ...decision, operator_id: null, waiting_reason: 'all_full', weight: null, sum: null },
      from: 'queue',
      created_at: at,
      revision: 9,
      at,
      refill: [{ contact_id: 1, source_id: 1, created_at: at, lead: { id: 2, name: '"><img onerror>', handle: '\u2028' } }],
    },
    { kind: 'contact_closed', contact_id: 1, source_id: 1, from: 2, revision: 10, at },
    { kind: 'settings_saved', settings: {} as never, revision: 11, at },
  ];
  expect(decodeRun(new EncodedRun(changes).toJSON())).toEqual(changes);
  expect(decodeRun(new EncodedRun([]).toJSON())).toEqual([]);
});

test('an assignment takes less than 300 bytes in a message', () => {
  const message = JSON.stringify({ id: 1, result: { type: 'data', data: new EncodedRun([assigned]) } });
  expect(Buffer.byteLength(message)).toBeLessThan(300);
});
