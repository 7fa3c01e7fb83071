import { describe, expect, test } from 'vitest';
import { type BoardOperator, emptyBoard } from '#shared/board.ts';
import { readTable } from './import-table.ts';
import { csvOf, textOf } from './read-file.ts';

const board = {
  ...emptyBoard,
  operators: { 3: { id: 3, name: 'Анна', is_archived: false } as BoardOperator },
  sources: { 1: { id: 1, name: 'Бот', is_archived: false }, 2: { id: 2, name: 'Старый', is_archived: true } },
};

describe('a table of operators', () => {
  test('is read by the names in its head, whatever their order; what is empty stays as it is', () => {
    const read = readTable(
      [
        ['Бот', 'Имя', 'Заметки', 'Предел', 'На линии'],
        ['1 000', 'анна', '', '', 'нет'],
        ['', ' Борис ', 'x', '7.0', ''],
        ['', '', '', '', ''],
      ],
      board,
    );
    expect(read).toEqual({
      kind: 'read',
      unknown: ['Заметки'],
      rows: [
        { row: 2, name: 'анна', isNew: false, problems: [], operator: { name: 'анна', is_active: false, weights: [{ source_id: 1, weight: 1000 }] } },
        { row: 3, name: 'Борис', isNew: true, problems: [], operator: { name: 'Борис', max_load: 7, weights: [] } },
      ],
    });
  });

  test('tells all that is wrong with each row', () => {
    const read = readTable(
      [
        ['name', 'max_load', 'active', 'бот'],
        ['', '-1', 'maybe', '1001'],
        ['Вера', '1,000', '', '=1+1'],
        ['ВЕРА', '', '', ''],
      ],
      board,
    );
    expect(read.kind === 'read' && read.rows.map(({ row, operator, problems }) => [row, operator, problems.map(({ kind }) => kind)])).toEqual([
      [2, null, ['no_name', 'bad_limit', 'bad_active', 'bad_weight']],
      [3, null, ['bad_limit', 'bad_weight']],
      [4, null, ['twice']],
    ]);
  });

  test('needs a column of names and at least one row; an archived source is no column', () => {
    expect([readTable([['Предел']], board).kind, readTable([['Имя'], ['']], board).kind]).toEqual(['no_name_column', 'no_rows']);
    const read = readTable(
      [
        ['Имя', 'Старый'],
        ['Глеб', '5'],
      ],
      board,
    );
    expect(read.kind === 'read' && read.unknown).toEqual(['Старый']);
  });
});

describe('a file', () => {
  test('of Russian Excel is read: windows-1251, with semicolons and quotes', async () => {
    const text = 'Имя;Предел\r\n"Анна ""Аня""";5\r\n';
    const bytes = Uint8Array.from({ length: text.length }, (_, at) => cp1251(text.charCodeAt(at)));
    expect(await csvOf(textOf(bytes))).toEqual([
      ['Имя', 'Предел'],
      ['Анна "Аня"', '5'],
    ]);
  });

  test('in UTF-8 is read with and without its mark, with commas and with tabs', async () => {
    const utf8 = (text: string) => textOf(new TextEncoder().encode(text));
    expect(await csvOf(utf8('\ufeffИмя,Предел\n"Ким, Борис",7'))).toEqual([
      ['Имя', 'Предел'],
      ['Ким, Борис', '7'],
    ]);
    expect(await csvOf(utf8('Имя\tПредел\nВера\t7'))).toEqual([
      ['Имя', 'Предел'],
      ['Вера', '7'],
    ]);
  });
});

function cp1251(code: number): number {
  return code >= 0x410 && code <= 0x44f ? code - 0x410 + 0xc0 : code;
}
