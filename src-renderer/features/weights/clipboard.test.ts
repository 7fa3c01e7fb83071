import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { SEED } from '#shared/testing/tables.ts';
import { cellsOf, fill, fillStrip, paste as pasteNamed, toText, weightIn } from './clipboard.ts';
import { flatIn } from './grid.ts';

const ORDER = { operators: [5, 2, 9], sources: [1, 7] };
const named = { operatorOf: (name: string) => ({ Анна: 5, Борис: 2, 7: 9 })[name], sourceOf: (name: string) => ({ Бот: 1, Сайт: 7, 7: 7 })[name] };
const paste = (text: string, ...[area, order]: [ReturnType<typeof at>, typeof ORDER]) => pasteNamed(text, area, order, named);
const at = (top: number, left: number, bottom = top, right = left) => ({ top, bottom, left, right });

describe('pasting from a spreadsheet', () => {
  test('puts each cell in its place, and leaves empty cells unchanged', () => {
    expect(paste('1\t2\r\n\t1 000\r\n', at(1, 0), ORDER)).toEqual({
      puts: [
        { operator_id: 2, source_id: 1, weight: 1 },
        { operator_id: 2, source_id: 7, weight: 2 },
        { operator_id: 9, source_id: 1, weight: null },
        { operator_id: 9, source_id: 7, weight: 1000 },
      ],
      area: at(1, 0, 2, 1),
    });
  });

  test('clears weights where empty rows are pasted', () => {
    const result = paste('5\r\n\r\n\r\n', at(0, 0), ORDER);
    expect('puts' in result && result.puts.map(({ weight }) => weight)).toEqual([5, null, null]);
  });

  test('names cells that are not weights, and pastes nothing', () => {
    expect(paste('1\tмного\n1001\t=A1', at(0, 0), ORDER)).toEqual({
      refused: {
        kind: 'bad_cells',
        count: 3,
        cells: [
          { operator_id: 5, source_id: 7, text: 'много' },
          { operator_id: 2, source_id: 1, text: '1001' },
          { operator_id: 2, source_id: 7, text: '=A1' },
        ],
      },
    });
  });

  test('pastes nothing if it does not fit, and says how much would', () => {
    expect(paste('1\t2\n3\t4', at(2, 1), ORDER)).toEqual({ refused: { kind: 'too_large', rows: 2, columns: 2, free_rows: 1, free_columns: 1 } });
  });

  test('fills the selection with one cell', () => {
    const result = paste('7', at(0, 0, 2, 1), ORDER);
    expect('puts' in result && result.puts.map(({ weight }) => weight)).toEqual([7, 7, 7, 7, 7, 7]);
  });

  test('matches a table with headers by name, whatever is selected; with an unknown name it is read as cells', () => {
    expect(paste('\tСайт\tБот\r\nБорис\t1\t2\r\nАнна\t\t4\r\n', at(2, 1), ORDER)).toEqual({
      puts: [
        { operator_id: 2, source_id: 7, weight: 1 },
        { operator_id: 2, source_id: 1, weight: 2 },
        { operator_id: 5, source_id: 7, weight: null },
        { operator_id: 5, source_id: 1, weight: 4 },
      ],
      area: null,
    });
    expect(paste('\tБот\nАнна\tx', at(0, 0), ORDER)).toEqual({
      refused: { kind: 'bad_cells', count: 1, cells: [{ operator_id: 5, source_id: 1, text: 'x' }] },
    });
    expect(paste('\tБот\nВера\t4', at(0, 0), ORDER)).toMatchObject({ refused: { kind: 'bad_cells', count: 2 } });
    expect(paste('1\t7\n7\t8', at(0, 0), ORDER), 'names that are numbers are taken for weights').toMatchObject({ area: at(0, 0, 1, 1) });
  });

  test('repeats what fits the selection several times, and otherwise starts at its first cell', () => {
    const put = (text: string, area: ReturnType<typeof at>) => {
      const result = paste(text, area, ORDER);
      return 'puts' in result ? [result.puts.map(({ weight }) => weight), result.area] : result;
    };
    expect(put('7\t8', at(0, 0, 2, 1))).toEqual([[7, 8, 7, 8, 7, 8], at(0, 0, 2, 1)]);
    expect(put('7\n8\n9', at(0, 0, 2, 1))).toEqual([[7, 7, 8, 8, 9, 9], at(0, 0, 2, 1)]);
    expect(put('7\n8', at(0, 0, 2, 0))).toEqual([[7, 8], at(0, 0, 1, 0)]);
  });

  test('reads cells in quotes, with tabs, quotes and line breaks in them', () => {
    expect(cellsOf('"a\tb"\t"c ""d"""\r\n"e\nf"\tg\r\n')).toEqual([
      ['a\tb', 'c "d"'],
      ['e\nf', 'g'],
    ]);
  });

  test('reads whole numbers from 0 to 1000 and nothing else', () => {
    expect(['0', ' 1 000 ', '1\u00a0000', '250,00', '5.0', ''].map(weightIn)).toEqual([0, 1000, 1000, 250, 5, null]);
    for (const text of ['1001', '-1', '1.5', '1,000', '1.000', ',0', '1e2', '٣']) expect([text, weightIn(text)]).toEqual([text, undefined]);
  });

  test.prop([fc.array(fc.option(fc.nat({ max: 1000 })), { minLength: 6, maxLength: 6 })], { seed: SEED })(
    'reads back what was copied, including empty cells',
    (weights) => {
      const weightOf = (cell: { operator_id: number; source_id: number }) =>
        weights[ORDER.operators.indexOf(cell.operator_id) * 2 + ORDER.sources.indexOf(cell.source_id)] ?? null;
      for (const area of [at(0, 0, 2, 1), at(0, 1, 2, 1), at(1, 0, 1, 1), at(2, 1)]) {
        const result = paste(toText(area, ORDER, weightOf), { ...area, bottom: area.top, right: area.left }, ORDER);
        expect('puts' in result && result.puts).toEqual(flatIn(area, ORDER).map((cell) => ({ ...cell, weight: weightOf(cell) })));
      }
    },
  );
});

describe('filling', () => {
  const weightOf = ({ operator_id }: { operator_id: number }) => operator_id;
  test('copies the first row over the others, or for a single row the row above it', () => {
    expect(fill('down', at(0, 1, 2, 1), ORDER, weightOf).map(({ weight }) => weight)).toEqual([5, 5, 5]);
    expect(fill('down', at(2, 0), ORDER, weightOf)).toEqual([{ operator_id: 9, source_id: 1, weight: 2 }]);
    expect(fill('down', at(0, 0), ORDER, weightOf)).toEqual([]);
  });

  test('copies the first column to the right', () => {
    const bySource = ({ source_id }: { source_id: number }) => source_id;
    expect(fill('right', at(0, 0, 1, 1), ORDER, bySource).map(({ weight }) => weight)).toEqual([1, 1, 1, 1]);
  });

  const places = { min: 0, max: 5 };
  test.prop([fc.tuple(fc.integer(places), fc.integer(places), fc.integer(places), fc.integer(places)), fc.integer({ min: 0, max: 9 }), fc.boolean()], {
    seed: SEED,
  })('repeats the pattern of the selection over the adjacent strip, vertically', ([a, b, c, d], far, isUp) => {
    const order = { operators: Array.from({ length: 30 }, (_, i) => 100 + i), sources: [1, 2, 3, 4, 5, 6] };
    const from = { top: 12 + Math.min(a, b), bottom: 12 + Math.max(a, b), left: Math.min(c, d), right: Math.max(c, d) };
    const strip = isUp ? { ...from, top: from.top - 1 - far, bottom: from.top - 1 } : { ...from, top: from.bottom + 1, bottom: from.bottom + 1 + far };
    const height = from.bottom - from.top + 1;
    const weights = new Map<string, number | null>();
    const key = (row: number, source_id: number) => `${row} ${source_id}`;
    for (let row = from.top; row <= from.bottom; row++) for (const source_id of order.sources) weights.set(key(row, source_id), row * 10 + source_id);
    const puts = fillStrip(from, strip, order, ({ operator_id, source_id }) => weights.get(key(operator_id - 100, source_id)) ?? null);
    for (const put of puts) weights.set(key(put.operator_id - 100, put.source_id), put.weight);
    expect(puts).toHaveLength((far + 1) * (from.right - from.left + 1));
    for (const { operator_id, source_id, weight } of puts) {
      const neighbour = operator_id - 100 + (isUp ? height : -height);
      expect(weight).toBe(weights.get(key(neighbour, source_id)));
    }
  });

  test('repeats it horizontally as well', () => {
    const order = { operators: [5], sources: [1, 2, 3, 4, 5] };
    const bySource = ({ source_id }: { source_id: number }) => source_id;
    expect(fillStrip(at(0, 0, 0, 1), at(0, 2, 0, 4), order, bySource).map(({ weight }) => weight)).toEqual([1, 2, 1]);
    expect(fillStrip(at(0, 3, 0, 4), at(0, 0, 0, 2), order, bySource).map(({ weight }) => weight)).toEqual([5, 4, 5]);
  });
});
