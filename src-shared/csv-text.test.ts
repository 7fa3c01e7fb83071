import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defused, withoutGuards } from './csv-text.ts';

/** Reads as spreadsheets do: a quote counts only at the start of a cell, and text after the closing quote belongs to the cell. */
function cellsRead(file: string, separator: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let state: 'begins' | 'plain' | 'quoted' | 'quote in quoted' = 'begins';
  const end = () => {
    cells.push(cell);
    cell = '';
    state = 'begins';
  };
  for (const char of file) {
    if (state === 'quoted') {
      if (char === '"') state = 'quote in quoted';
      else cell += char;
    } else if (state === 'quote in quoted' && char === '"') {
      cell += char;
      state = 'quoted';
    } else if (char === separator || char === '\r' || char === '\n') end();
    else if (state === 'begins' && char === '"') state = 'quoted';
    else {
      cell += char;
      state = 'plain';
    }
  }
  end();
  return cells;
}

const SEPARATORS = [',', ';', '\t', '|'];
const NUMBER = /^[+-]?\d+([.,]\d+)?$/;
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** Cells that some reader of the file would run as formulas. */
function run(rows: readonly (readonly string[])[], own: string, write: (text: string) => string): string[] {
  const file = rows.map((row, nth) => [String(nth), ...row.map(write), '90.5', ...row.map(write)].join(own)).join('\r\n');
  return SEPARATORS.flatMap((separator) =>
    cellsRead(file, separator).filter((cell) => /^[\s\0]*[=+\-@＝＋－＠]|^[\t\r\n\0]/.test(cell) && !(separator === own && NUMBER.test(cell))),
  );
}

const text = fc.string({ unit: fc.constantFrom(...Array.from('=+-@;,\t|"\'\r\n \0a1＝')), maxLength: 12 });
const rows = fc.array(fc.tuple(text, text, text), { minLength: 1, maxLength: 3 });
const holds = (write: (text: string) => string) =>
  fc.check(
    fc.property(rows, fc.constantFrom(',', ';'), (some, own) => run(some, own, write).length === 0),
    { numRuns: 5_000, seed: 20261122 },
  );

describe('text in a CSV file', () => {
  test('is never run as a formula, whatever separator the reader uses', () => {
    expect(holds((given) => quoted(defused(given))).counterexample).toBe(null);
  });

  test.each<[string, (text: string) => string]>([
    ['leaves a semicolon unquoted in an English file', (given) => (/[",\r\n]/.test(given) ? quoted(given) : given)],
    ['only checks the beginning of the text', (given) => quoted(/^[\s\0]*[=+\-@＝]|^[\t\r\n\0]/.test(given) ? `'${given}` : given)],
    ['ignores quotes before a formula', (given) => quoted(defused(given).replace(/'(?=")/g, ''))],
    ['ignores what follows the text', (given) => quoted(defused(given).replace(/'$/, ''))],
    ['does not treat tabs as separators', (given) => quoted(defused(given).replaceAll("\t'", '\t'))],
    ['does not treat line breaks as separators', (given) => quoted(defused(given).replaceAll(/([\r\n])'/g, '$1'))],
  ])('is run as a formula when the writer %s', (_, write) => {
    expect(holds(write).counterexample).not.toBe(null);
  });

  test.each([
    ['+79001234567', '+79001234567'],
    ['-5', '-5'],
    ['12,5', '12,5'],
    ['+7 (900) 123-45-67', "'+7 (900) 123-45-67"],
    ['=1+1', "'=1+1"],
    [' @A1', "' @A1"],
    ['- привет', "'- привет"],
    ['Анна-Мария', 'Анна-Мария'],
    ["hi;=cmd|'/C calc'!A0", "hi;'=cmd|'/C calc'!A0"],
    ['hi;"=1+1"', 'hi;\'"=1+1"'],
    ['hi\t@A1', "hi\t'@A1"],
    ['да, - сказал он', "да,' - сказал он"],
    ['Добрый день,\r\nперезвоните; +7 900', "Добрый день,\r\nперезвоните;' +7 900"],
    ['Добрый день;\nперезвоните', 'Добрый день;\nперезвоните'],
    ['a;b, c', 'a;b, c'],
  ])('%j is written as %j', (given, written) => {
    expect(defused(given)).toBe(written);
  });

  test('of one line is restored unchanged, unless it has its own apostrophe where a guard would be', () => {
    const own = /(^|[,;|])'/;
    const line = fc.string({ unit: fc.constantFrom(...Array.from('=+-@;,|"\' a1＝')), maxLength: 12 });
    const check = fc.check(
      fc.property(line, (given) => own.test(given) || withoutGuards(defused(given)) === given),
      { numRuns: 5_000, seed: 20261122 },
    );
    expect(check.counterexample).toBe(null);
  });
});
