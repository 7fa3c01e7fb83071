import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chartParts, PAPER_WIDTH, paperParts } from './paper.ts';

const widthOf = (width: number) => width;

describe('a table on paper', () => {
  test('stays whole if it fits', () => {
    expect(paperParts([188, 96, 96, 96], widthOf)).toEqual([[188, 96, 96, 96]]);
    expect(paperParts([188], widthOf)).toEqual([[188]]);
    expect(paperParts([], widthOf)).toEqual([]);
  });

  test('of 21 columns is divided into two parts, about equally wide, each with the first column', () => {
    const columns = Array.from({ length: 21 }, (_, nth) => nth);
    const parts = paperParts(columns, (nth) => (nth === 0 ? 188 : 96));
    expect(parts).toEqual([
      [0, ...columns.slice(1, 11)],
      [0, ...columns.slice(11)],
    ]);
  });

  test('has every column once and in order, and no part is wider than the paper unless one column is', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 40, max: 400 }), { minLength: 2, maxLength: 40 }), (widths) => {
        const parts = paperParts([...widths.keys()], (nth) => widths[nth] ?? 0);
        expect(parts.flatMap((part) => part.slice(1))).toEqual([...widths.keys()].slice(1));
        for (const part of parts) {
          expect(part[0]).toBe(0);
          expect(part.length).toBeGreaterThan(1);
          expect(part.reduce((sum, nth) => sum + (widths[nth] ?? 0) * 0.72, 0)).toBeLessThanOrEqual(PAPER_WIDTH);
        }
      }),
    );
  });
});

describe('a chart on paper', () => {
  test('has its rows in parts of about the same length, each once and in order', () => {
    expect([1, 16, 17, 41].map((rows) => chartParts(Array.from({ length: rows }), 16).map(({ length }) => length))).toEqual([[1], [16], [9, 8], [14, 14, 13]]);
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1, maxLength: 100 }), fc.integer({ min: 1, max: 30 }), (rows, most) => {
        const parts = chartParts(rows, most);
        expect(parts.flat()).toEqual(rows);
        expect(parts.length).toBe(Math.ceil(rows.length / most));
        for (const part of parts) expect(part.length).toBeLessThanOrEqual(most);
      }),
    );
  });
});
