import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { formatDay } from '#kit/locale/format.ts';
import { parseDay, withDay } from './parse-day.ts';

const TODAY = '2026-11-22';
const ru = (text: string) => parseDay(text, 'ru', TODAY);
const en = (text: string) => parseDay(text, 'en', TODAY);

test('a day is read in every usual spelling', () => {
  for (const text of ['24.10.2026', '24.10.26', '24.10', '24. 10. 2026', ' 24/10/2026 ', '24-10-26', '24 10 2026', '2026-10-24', '2026.10.24', '24.10.2026.'])
    expect([text, ru(text)]).toEqual([text, { day: '2026-10-24' }]);
  for (const text of ['10/24/2026', '10/24/26', '10/24', '10 / 24 / 2026', '24.10.2026', '2026-10-24', '2026/10/24'])
    expect([text, en(text)]).toEqual([text, { day: '2026-10-24' }]);
  expect(ru('3.4.27')).toEqual({ day: '2027-04-03' });
  expect(en('3/4/27')).toEqual({ day: '2027-03-04' });
  expect(ru('29.02.2028')).toEqual({ day: '2028-02-29' });
});

test('a day that does not exist is distinguished from text that is not a date', () => {
  for (const text of ['31.04.2026', '29.02.2026', '00.10.2026', '24.13.2026', '32.1', '2026-02-30'])
    expect([text, ru(text)]).toEqual([text, { problem: 'no_such_day' }]);
  expect(en('24/10/2026')).toEqual({ problem: 'no_such_day' });
  for (const text of ['', 'вчера', '24', '24.10.202', '24.10.20266', '24.10.1926', '2610', '24.10.2026 12:00', '1.2.3.4', '=1+1'])
    expect([text, ru(text)]).toEqual([text, { problem: 'unreadable' }]);
});

property.prop([fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }), fc.constantFrom('ru' as const, 'en' as const)])(
  'the text that a field shows for a day is read as that day',
  (date, language) => {
    const day = date.toISOString().slice(0, 10);
    expect(parseDay(formatDay(day, language), language, TODAY)).toEqual({ day });
  },
);

test('a period that would end before it begins moves its other end along', () => {
  const period = { from: '2026-10-24', to: '2026-11-22' };
  expect(withDay(period, { from: '2026-11-01' })).toEqual({ from: '2026-11-01', to: '2026-11-22' });
  expect(withDay(period, { from: '2026-12-01' })).toEqual({ from: '2026-12-01', to: '2026-12-01' });
  expect(withDay(period, { to: '2026-01-01' })).toEqual({ from: '2026-01-01', to: '2026-01-01' });
  expect(withDay(period, { to: null })).toEqual({ from: '2026-10-24', to: null });
  expect(withDay({ from: null, to: null }, { from: '2026-12-01' })).toEqual({ from: '2026-12-01', to: null });
});
