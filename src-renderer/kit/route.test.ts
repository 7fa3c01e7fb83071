import { expect, test } from 'vitest';
import { hashOf, parseRoute } from './route.ts';

test('an address names a screen, and the contact whose card is open', () => {
  expect(parseRoute('#/weights?contact=17')).toEqual({ screen: 'weights', contact_id: 17 });
  expect(parseRoute(hashOf('refused'))).toEqual({ screen: 'refused', contact_id: null });
  expect(parseRoute(hashOf('live', 3))).toEqual({ screen: 'live', contact_id: 3 });
});

test('an address that says nothing or nonsense is the live screen', () => {
  for (const hash of ['', '#', '#/', '#/nowhere', '#/live?contact=-1', '#/live?contact=x', '#/live?contact=1.5'])
    expect(parseRoute(hash)).toEqual({ screen: 'live', contact_id: null });
});
