import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PAPER_WIDTH, paperParts } from './paper.ts';

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
