import { createInstance } from 'i18next';
import { describe, expect, test } from 'vitest';
import { formatClock, formatNumber, formatPercent, type Language } from '#kit/locale/format.ts';
import type { Decision } from '#shared/contract/entities.ts';
import { undrawn } from '#shared/distribution/choose.ts';
import { passedOver } from '#shared/distribution/table.ts';
import en from '../../app/languages/en.json' with { type: 'json' };
import ru from '../../app/languages/ru.json' with { type: 'json' };
import { changeText, explain, openings, outcomeText, type Words } from './explain.ts';
import { stretches } from './table.ts';

const i18n = createInstance();
await i18n.init({ resources: { ru: { translation: ru }, en: { translation: en } }, interpolation: { escapeValue: false } });
const wordsIn = (language: Language): Words => ({
  t: i18n.getFixedT(language),
  number: (value) => formatNumber(value, language).replaceAll('\u00a0', ' '),
  percent: (share) => formatPercent(share, language).replaceAll('\u00a0', ' '),
  clock: (at) => formatClock(at, language, 'UTC'),
});
const words = wordsIn('ru');

type Row = Decision['table'][number];
const names = ['', 'Анна', 'Борис', 'Вера', 'Глеб', 'Дарья'];
function row(operator_id: number, weight: number, load: number, max_load: number, is_active = true): Row {
  const passed_over = passedOver({ operator_id, weight, load, max_load, is_active });
  return {
    operator_id,
    name: names[operator_id] ?? '',
    weight,
    load,
    max_load,
    is_active,
    line: 1,
    key: null,
    passed_over,
    barred: null,
    until: null,
    probability: 0,
  };
}
function decided(kind: Decision['kind'], to: number | null, table: Row[], r: number | null = null, second = 0): Decision {
  const operator = to === null ? null : { id: to, name: names[to] ?? '' };
  const at = new Date(Date.UTC(2026, 10, 22, 9, 0, second)).toISOString();
  const kept = {
    rule_version: null,
    strategy: 'weighted',
    line: to === null ? null : 1,
    next_at: null,
    owner_id: null,
    waited_ms: 0,
    turn: null,
    cost: 1,
    cause: null,
    note: null,
  } as const;
  return {
    id: 1,
    contact_id: 1,
    source_id: 1,
    at,
    kind,
    ...kept,
    table,
    sum: undrawn(table.map(({ operator_id, weight, load, max_load, is_active }) => ({ operator_id, weight, load, max_load, is_active }))).sum,
    r,
    operator_id: to,
    operator,
    waiting_reason: null,
  };
}
const told = (decision: Decision, before?: Decision, how = words) => {
  const { said, because } = explain(decision, before, stretches(decision), how);
  return [said, ...because];
};

const full = [row(1, 300, 3, 3), row(2, 700, 1, 1), row(3, 400, 0, 8, false), row(4, 0, 0, 5)];
const waits = { ...decided('draw', null, full), waiting_reason: 'all_full' as const };

describe('why a contact is where it is, in words', () => {
  test('for a drawn operator: how many could take it, and the weight, the share and the numbers of the operator', () => {
    const decision = decided('draw', 4, [row(1, 300, 2, 3), row(2, 700, 1, 1), row(3, 0, 0, 8), row(4, 700, 1, 5)], 301);
    expect(told(decision)).toEqual(['Жребий выпал на оператора: Глеб.', 'Взять могли 2 из 4.', 'Вес 700 из 1 000 — шанс 70 %: числа с 300 по 999.']);
    expect(told(decision, undefined, wordsIn('en'))).toEqual([
      'The draw chose Глеб.',
      '2 of 4 operators could take it.',
      'Weight 700 of 1,000 gives a chance of 70%: the numbers from 300 to 999.',
    ]);
  });

  test('for the only eligible operator: no other result was possible', () => {
    expect(told(decided('draw', 1, [row(1, 300, 2, 3), row(2, 700, 1, 1)], 12))).toEqual([
      'Жребий выпал на оператора: Анна.',
      'Взять мог только один оператор из 2: жребий не мог выпасть иначе.',
    ]);
    expect(told(decided('draw', 1, [row(1, 300, 2, 3)], 12))).toEqual(['Жребий выпал на оператора: Анна.', 'Других операторов у источника нет.']);
  });

  test('for nobody: how many were passed over for each reason, adding up to all', () => {
    expect(told(waits)).toEqual([
      'Взять было некому: у всех, кто на линии, достигнут лимит.',
      'К источнику подключены 4 оператора: 2 заняты, 1 не на линии, 1 с весом 0.',
    ]);
  });

  test('for a contact that waited: for how long, and what opened a slot', () => {
    const room = [row(1, 300, 3, 5), row(2, 700, 0, 1), row(3, 400, 0, 8), row(4, 50, 0, 5), row(5, 10, 0, 1)];
    expect(openings(waits, { table: room, cost: 1 })).toEqual([
      { why: 'limit_raised', name: 'Анна', from: 3, to: 5 },
      { why: 'slot_freed', name: 'Борис', load: 0, max_load: 1 },
      { why: 'came_on_line', name: 'Вера' },
      { why: 'weight_given', name: 'Глеб', from: 0, to: 50 },
      { why: 'joined', name: 'Дарья' },
    ]);
    expect(told(decided('drain', 3, room, 1000, 137), waits)).toEqual([
      'Жребий выпал на оператора: Вера.',
      'Ждало в очереди 02:17.',
      'Место появилось: Анна — лимит 3 → 5; Борис — освободилось место (0 из 1); Вера — на линии; и ещё 2.',
      'Взять могли 5 из 5.',
      'Вес 400 из 1 460 — шанс 27 %: числа с 1 000 по 1 399.',
    ]);
  });

  test('for a contact that takes several slots: how many it needed, and how many were free', () => {
    const waiting = { ...decided('draw', null, [{ ...row(1, 300, 7, 10), passed_over: 'full' as const }]), cost: 5 };
    expect(waiting.table.map((one) => outcomeText(waiting, one, words))).toEqual(['пропуск: нужно 5, свободно 3']);
    const room = { ...decided('drain', 1, [row(1, 300, 5, 10)]), cost: 5 };
    expect(openings(waiting, room)).toEqual([{ why: 'slot_freed', name: 'Анна', load: 5, max_load: 10 }]);
    expect(openings(waiting, { ...room, table: [row(1, 300, 7, 12)] })).toEqual([{ why: 'limit_raised', name: 'Анна', from: 10, to: 12 }]);
  });

  test('an operator who is still full, or could have taken it all along, opened no slot', () => {
    expect(openings(waits, { table: full, cost: 1 })).toEqual([]);
    expect(openings({ table: [row(1, 1, 0, 2)], cost: 1 }, { table: [row(1, 1, 1, 2)], cost: 1 })).toEqual([]);
  });

  test('for a contact moved by a person: from whom, to whom, and why the draw would not have chosen that operator', () => {
    const hadIt = decided('draw', 1, full, 0);
    const by = (to: number | null, table: Row[], before?: Decision) => told(decided('manual', to, table), before);
    expect(by(2, [row(1, 300, 3, 3), row(2, 700, 0, 1)], hadIt)).toEqual(['Передано вручную: Анна → Борис. Жребия не было.']);
    expect(by(2, [row(2, 700, 0, 1)], waits)).toEqual(['Назначено вручную: Борис. Жребия не было.']);
    expect(by(3, full, hadIt)[1]).toBe('Жребий этого оператора выбрать не мог: не на линии.');
    expect(by(4, full, hadIt)[1]).toBe('Жребий этого оператора выбрать не мог: вес 0.');
    expect(by(5, full, hadIt)[1]).toBe('Жребий этого оператора выбрать не мог: вес для источника не задан.');
  });

  test('for a returned contact: who had it, and whether that operator was off line then', () => {
    const hadIt = decided('draw', 3, [row(3, 400, 0, 8)], 0);
    expect(told(decided('manual', null, [row(3, 400, 1, 8)]), hadIt)).toEqual(['Возвращено в очередь вручную. До этого было у оператора: Вера.']);
    expect(told(decided('manual', null, full), hadIt)[1]).toBe('Вера в этот момент не на линии.');
  });

  test('no row describes a choice by hand as drawn', () => {
    const decision = decided('manual', 1, [row(1, 300, 2, 3), row(2, 700, 0, 1), row(3, 400, 0, 8, false)]);
    expect(decision.table.map((one) => outcomeText(decision, one, words))).toEqual(['выбор вручную', 'место было', 'пропуск: не на линии']);
    const drawn = decided(
      'draw',
      1,
      decision.table.map((one) => ({ ...one, probability: one.is_active ? 0.5 : 0 })),
      5,
    );
    expect(drawn.table.map((one) => outcomeText(drawn, one, words))).toEqual(['жребий', '', 'пропуск: не на линии']);
  });
});

describe('a decision under another rule than the default', () => {
  const keyed = (strategy: Decision['strategy'], loads: readonly number[], keys: readonly number[], to: number, r: number | null = null): Decision => ({
    ...decided(
      'draw',
      to,
      loads.map((load, i) => ({ ...row(i + 1, 1, load, 10), key: keys[i] ?? 0 })),
      r,
    ),
    strategy,
  });
  const reason = (decision: Decision, language: Language = 'ru') => explain(decision, undefined, stretches(decision), wordsIn(language)).because[0];

  test('names what the strategy compares, and the range of the others', () => {
    const fewest = keyed('least_load', [3, 7, 4, 5], [3, 7, 4, 5], 1);
    expect([reason(fewest), reason(fewest, 'en')]).toEqual(['Меньше всех в работе: 3, у других от 4 до 7.', 'Holds the fewest: 3, the others 4 to 7.']);
    expect(reason(keyed('least_load', [3, 3, 4], [3, 3, 4], 1, 0))).toBe('Меньше всех в работе сразу у нескольких (2): 3, у другого 4. Решил жребий.');
    expect(reason(keyed('least_share', [3, 5, 5], [3, 5, 5], 1), 'en')).toBe('Has the most room: 30% of the limit used, the others 50%.');
    expect(reason(keyed('even', [0, 0, 0], [-500_000_000, 250_000_000, 250_000_000], 1))).toBe(
      'Поровну по весам: этому оператору недодано больше всех: 0,5, у других -0,25.',
    );
    expect(reason(keyed('longest_idle', [0, 0], [3, 8], 1), 'en')).toBe('Has waited longest for a new contact.');
  });

  test('leaves out of that range who was passed over, and other lines', () => {
    const decision = keyed('least_load', [3, 10, 5, 4], [3, 10, 5, 4], 1);
    const table = decision.table.map((one) => (one.operator_id === 4 ? { ...one, line: 2 } : one));
    expect(reason({ ...decision, table }, 'en')).toBe('Holds the fewest: 3, the other 5.');
  });

  test('says until when somebody was passed over, if that ends by itself', () => {
    const until = '2026-11-22T09:40:00.000Z';
    const barred = (barred: 'lacks_tag' | 'owner_busy' | 'line_closed', operator_id: number): Row => ({
      ...row(operator_id, 1, 0, 9),
      barred,
      passed_over: barred,
      until,
      line: 2,
    });
    const waiting = decided('draw', null, [
      barred('lacks_tag', 1),
      barred('owner_busy', 2),
      barred('line_closed', 3),
      { ...row(4, 1, 9, 9), barred: 'line_closed', until },
    ]);
    expect(waiting.table.map((one) => outcomeText(waiting, one, words))).toEqual([
      'пропуск: нет нужного умения, до 09:40:00',
      'ждём своего оператора, до 09:40:00',
      'пропуск: линия 2 ещё закрыта, до 09:40:00',
      'пропуск: достигнут лимит',
    ]);
    const change = (one: Row) => changeText(decided('draw', null, [one]), until, 18_000, words.t);
    expect([change(barred('line_closed', 1)), change(barred('lacks_tag', 1)), change(barred('owner_busy', 1)), change(row(1, 1, 9, 9))]).toEqual([
      '2-я линия через 18 с',
      'умение не понадобится через 18 с',
      'другие смогут взять через 18 с',
      'само изменится через 18 с',
    ]);
  });
});
