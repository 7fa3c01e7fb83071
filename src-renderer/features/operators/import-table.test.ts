import { describe, expect, test } from 'vitest';
import { type BoardOperator, emptyBoard } from '#shared/board.ts';
import { readTable } from './import-table.ts';
import { csvOf, textOf } from './read-bytes.ts';

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
        { row: 2, name: 'анна', problems: [], operator: { name: 'анна', is_active: false, weights: [{ source_id: 1, weight: 1000 }] } },
        { row: 3, name: 'Борис', problems: [], operator: { name: 'Борис', max_load: 7, weights: [] } },
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
    expect(readTable([['', '']], board).kind).toBe('no_name_column');
    const read = readTable(
      [
        ['Имя', 'Старый'],
        ['Глеб', '5'],
      ],
      board,
    );
    expect(read.kind === 'read' && read.unknown).toEqual(['Старый']);
  });

  test('may have a title and empty rows above its head; rows are counted as the spreadsheet counts them', () => {
    const read = readTable([['Смена на май'], [], ['ФИО', 'Лимит'], [''], ['Ева', '4'], ['', '3']], board);
    expect(read.kind === 'read' && read.rows.map(({ row, name, problems }) => [row, name, problems.length])).toEqual([
      [5, 'Ева', 0],
      [6, '', 1],
    ]);
  });

  test('is read as people and their spreadsheets write: other spaces, line breaks in a cell, words for yes and no', () => {
    const read = readTable(
      [
        ['\ufeffИмя ', 'На\u00a0линии', 'Предел'],
        ['Анна\u00a0Петрова', 'ИСТИНА', '1\u00a0000,00'],
        ['Борис\nКим\u0001', 'Ложь', ''],
        ["'=1+1", '—', ''],
      ],
      board,
    );
    expect(read.kind === 'read' && read.rows.map(({ operator }) => operator)).toEqual([
      { name: 'Анна Петрова', is_active: true, max_load: 1000, weights: [] },
      { name: 'Борис Ким', is_active: false, weights: [] },
      { name: '=1+1', is_active: false, weights: [] },
    ]);
  });

  test('with a source in two columns is refused: which of the two counts is nobody to guess', () => {
    expect(
      readTable(
        [
          ['Имя', 'Бот', 'БОТ '],
          ['Ева', '1', '2'],
        ],
        board,
      ),
    ).toEqual({ kind: 'column_twice', name: 'БОТ' });
    expect(
      readTable(
        [
          ['Имя', '', ''],
          ['Ева', '1', '2'],
        ],
        board,
      ).kind,
      'heads that are empty are no names',
    ).toBe('read');
  });
});

describe('a file', () => {
  test('of Russian Excel is read: windows-1251, with semicolons and quotes', async () => {
    const text = 'Имя;Предел\r\n"Анна ""Аня""";5\r\n';
    const bytes = Uint8Array.from({ length: text.length }, (_, at) => cp1251(text.charCodeAt(at)));
    expect(csvOf(textOf(bytes))).toEqual([
      ['Имя', 'Предел'],
      ['Анна "Аня"', '5'],
    ]);
  });

  test('in UTF-8 is read with and without its mark, with commas and with tabs', async () => {
    const utf8 = (text: string) => textOf(new TextEncoder().encode(text));
    expect(csvOf(utf8('\ufeffИмя,Предел\n"Ким, Борис",7'))).toEqual([
      ['Имя', 'Предел'],
      ['Ким, Борис', '7'],
    ]);
    expect(csvOf(utf8('Имя\tПредел\nВера\t7'))).toEqual([
      ['Имя', 'Предел'],
      ['Вера', '7'],
    ]);
  });

  test('is read in every form that spreadsheets write: UTF-16, a line that names the separator, line breaks in quotes, old line ends, a title above', async () => {
    const rows = [
      ['Имя', 'Предел'],
      ['Ким, Борис', '7,0'],
    ];
    const utf16 = (text: string) => new Uint8Array(Uint16Array.from(text, (_, at) => text.charCodeAt(at)).buffer);
    const plain = 'Имя\tПредел\r\nКим, Борис\t7,0\r\n';
    for (const text of [`\ufeff${plain}`, plain]) expect(csvOf(textOf(utf16(text)))).toEqual(rows);
    expect(csvOf(textOf(utf16(plain).map((_, at, all) => all[at ^ 1] ?? 0)))).toEqual(rows); // swapped byte order
    expect(csvOf('sep=|\r\nИмя|Предел\r\nКим, Борис|7,0\r\n')).toEqual(rows);
    expect(csvOf('Имя;Предел\rКим, Борис;7,0\r')).toEqual(rows);
    expect(csvOf('Имя;Предел\n"Ким\nБорис";7\n\n')).toEqual([['Имя', 'Предел'], ['Ким\nБорис', '7'], ['']]);
    expect(csvOf('Люди, места, смены\nИмя;Предел\nКим;7\nЛи;8\n')[1]).toEqual(['Имя', 'Предел']);
  });
});

function cp1251(code: number): number {
  return code >= 0x410 && code <= 0x44f ? code - 0x410 + 0xc0 : code;
}
