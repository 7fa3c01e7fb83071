import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { csvFile } from '#kit/files/csv.ts';
import { type BoardOperator, emptyBoard } from '#shared/board.ts';
import { SEED } from '#shared/testing/tables.ts';
import { readTable } from './import-table.ts';
import { csvOf, readBytes, textOf } from './read-bytes.ts';

const board = {
  ...emptyBoard,
  operators: { 3: { id: 3, name: 'Анна', is_archived: false } as BoardOperator },
  sources: { 1: { id: 1, name: 'Бот', is_archived: false }, 2: { id: 2, name: 'Старый', is_archived: true } },
};

describe('a table of operators', () => {
  test('is read by its headers, in any order; empty cells change nothing', () => {
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
      totals: [],
      rows: [
        { row: 2, name: 'анна', problems: [], operator: { name: 'анна', is_active: false, weights: [{ source_id: 1, weight: 1000 }] } },
        { row: 3, name: 'Борис', problems: [], operator: { name: 'Борис', max_load: 7, weights: [] } },
      ],
    });
  });

  test.each([
    ['', undefined],
    ['vip', ['vip']],
    ['vip, Language:EN;VIP ,', ['Language:EN', 'VIP']],
    ['—', []],
    ["'=HYPERLINK(1)", ['=HYPERLINK(1)']],
  ])('tags %j are read as %j', (text, tags) => {
    const read = readTable([['Имя', 'Умения'], ['Анна', text]], board); // biome-ignore format: a table
    expect(read.kind === 'read' && read.rows).toMatchObject([{ problems: [], operator: { name: 'Анна', ...(tags && { tags }) } }]);
    expect(read.kind === 'read' && read.rows[0]?.operator?.tags).toEqual(tags);
  });

  test('too many tags, or one that is too long, are told with what was written', () => {
    for (const text of [Array.from({ length: 51 }, (_, i) => `t${i}`).join(), 'x'.repeat(201)])
      expect(readTable([['Имя', 'Skills'], ['Анна', text]], board)).toMatchObject({ rows: [{ operator: null, problems: [{ kind: 'bad_tags', text }] }] }); // biome-ignore format: a table
  });

  test.each([
    ['перерыв', 'break'],
    ['На обеде', 'lunch'],
    ['обучение', 'training'],
    ['болен', 'sick'],
    ['Больна', 'sick'],
    ['on sick leave', 'sick'],
    ['не на смене', 'off'],
    ['нет', undefined],
  ] as const)('reads %s as not on line, for the reason %s', (text, inactive_reason) => {
    const read = readTable(
      [
        ['Имя', 'На линии'],
        ['Анна', text],
      ],
      board,
    );
    expect(read.kind === 'read' && read.rows[0]?.operator).toEqual({
      name: 'Анна',
      weights: [],
      is_active: false,
      ...(inactive_reason && { inactive_reason }),
    });
  });

  test('reports every error of each row', () => {
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

  test('needs a column of names and at least one row; an archived source is not a column', () => {
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

  test('may have a title and empty rows above its header; rows are numbered as in the spreadsheet', () => {
    const read = readTable([['Смена на май'], [], ['ФИО', 'Лимит'], [''], ['Ева', '4'], ['', '3']], board);
    expect(read.kind === 'read' && read.rows.map(({ row, name, problems }) => [row, name, problems.length])).toEqual([
      [5, 'Ева', 0],
      [6, '', 1],
    ]);
  });

  test('may contain unusual spaces, line breaks in a cell, and words for yes and no', () => {
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

  test('with a source in two columns is refused, since it is unclear which one counts', () => {
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

describe('people', () => {
  const namesOf = (table: readonly (readonly string[])[]) => {
    const read = readTable(table, board);
    return read.kind === 'read' ? read.rows.map(({ name, problems }) => [name, ...problems.map(({ kind }) => kind)].join(' ')) : read.kind;
  };

  test.each<[string, readonly string[], readonly string[], string]>([
    ['surname and name', ['Фамилия', 'Имя'], ['Иванова', 'Анна'], 'Иванова Анна'],
    ['name and surname', ['Имя', 'Фамилия'], ['Анна', 'Иванова'], 'Иванова Анна'],
    ['all three', ['Фамилия', 'Имя', 'Отчество'], ['Иванова', 'Анна', 'Петровна'], 'Иванова Анна Петровна'],
    ['a surname alone', ['Фамилия', 'Лимит'], ['Ким', '3'], 'Ким'],
    ['English columns', ['First name', 'Last name'], ['Ann', 'Lee'], 'Lee Ann'],
    ['a column that stays empty', ['Фамилия', 'Имя'], ['', 'Анна'], 'Анна'],
    ['Google’s contacts', ['Name', 'Given Name', 'Family Name'], ['Анна Иванова', 'Анна', 'Иванова'], 'Анна Иванова'],
    ['a whole name beside its parts', ['Фамилия', 'Имя', 'ФИО'], ['Иванова', 'Анна', 'Иванова Анна Петровна'], 'Иванова Анна Петровна'],
    ['a name that is a surname elsewhere', ['Фамилия', 'Имя'], ['Ким', 'Ким'], 'Ким Ким'],
    ['a name in English and a surname', ['Name', 'Surname'], ['Ann', 'Lee'], 'Lee Ann'],
    ['a column with a star', ['Имя*', 'Лимит *'], ['Анна', '3'], 'Анна'],
    ['a column with a note', ['ФИО (полностью):'], ['Ким Анна'], 'Ким Анна'],
    ['a column with a line break', ['Имя\nоператора'], ['Анна'], 'Анна'],
    ['a formula that keeps a text', ['="Имя"'], ['="Анна"'], 'Анна'],
  ])('are named by %s', (_, head, row, name) => {
    expect(namesOf([head, row])).toEqual([name]);
  });

  test('a source whose name looks like a column with a note stays a source', () => {
    const sources = { 1: { id: 1, name: 'Оператор (VIP)', is_archived: false }, 2: { id: 2, name: 'Лимит*', is_archived: false } };
    const table = [
      ['Имя', 'Оператор (VIP)', 'Лимит*'],
      ['Анна', '5', '7'],
    ];
    expect(readTable(table, { ...board, sources })).toMatchObject({
      rows: [
        {
          operator: {
            name: 'Анна',
            weights: [
              { source_id: 1, weight: 5 },
              { source_id: 2, weight: 7 },
            ],
          },
        },
      ],
    });
  });

  test.each(['Итого', 'ИТОГО:', 'Всего', 'Общий итог', 'никто', 'Total', ' Grand total ', 'nobody'])('are not called %j: that row is no person', (name) => {
    const read = readTable(
      [
        ['Имя', 'Бот'],
        ['Анна', '1'],
        [name, '1'],
      ],
      board,
    );
    expect(read).toMatchObject({ kind: 'read', totals: [3], rows: [{ name: 'Анна' }] });
  });

  test.each(['#N/A', '#REF!', '#Н/Д', '#ССЫЛКА!', '#DIV/0!', '#ЗНАЧ!'])('have no value if a formula failed with %s', (text) => {
    expect(
      namesOf([
        ['Имя', 'Бот'],
        ['Анна', text],
        [text, '1'],
      ]),
    ).toEqual(['Анна no_value', `${text} no_value`]);
  });
});

describe('the template written by the desk', () => {
  const names = ['+7 495 линия', '-50 %', '=site', '@shop', 'a, =b', "'=q", '＝wide', 'Звонки;-1', 'plain'];
  const sources = Object.fromEntries(names.map((name, i) => [i + 1, { id: i + 1, name, is_archived: false }]));

  test('is read back with every source, whatever its name', async () => {
    const file = await csvFile(
      [
        ['Имя', ...names],
        ['Анна', ...names.map((_, i) => i)],
      ],
      'ru',
    );
    const read = readTable(csvOf(file), { ...board, sources });
    expect(read).toMatchObject({ kind: 'read', unknown: [], rows: [{ operator: { weights: names.map((_, i) => ({ source_id: i + 1, weight: i })) } }] });
  });

  test.each(names.filter((name) => !name.startsWith("'")))('is read back with an operator called %j', async (name) => {
    const read = readTable(csvOf(await csvFile([['Имя'], [name]], 'en')), board);
    expect(read).toMatchObject({ kind: 'read', rows: [{ name }] });
  });
});

describe('a file', () => {
  const people = (text: string) =>
    csvOf(text)
      .slice(1)
      .filter((row) => row.some((cell) => cell !== ''));

  test.each<[string, string]>([
    ['a CRLF head and LF rows', 'Имя;Лимит\r\nАнна;1\nБорис;2\n'],
    ['an LF head and CRLF rows', 'Имя;Лимит\nАнна;1\r\nБорис;2\r\n'],
    ['CR rows', 'Имя;Лимит\rАнна;1\rБорис;2'],
    ['CRLF among LF', 'Имя;Лимит\nАнна;1\r\nБорис;2\n'],
    ['CR after CRLF', 'Имя;Лимит\r\nАнна;1\rБорис;2'],
    ['a quoted head and mixed ends', '"Имя";"Лимит"\r\n"Анна";1\n"Борис";2\r'],
  ])('loses nobody with %s', (_, text) => {
    expect(people(text)).toEqual([
      ['Анна', '1'],
      ['Борис', '2'],
    ]);
  });

  test.each<[string, string]>([
    ['bars', 'Имя|Лимит\nАнна|1\nБорис|2\n'],
    ['blanks around quotes', '"Имя" ; "Лимит"\n"Анна" ; "1"\n "Борис" ;2\n'],
    ['each line in quotes', '"Имя,Лимит"\n"Анна,1"\n"Борис,2"\n'],
    ['each line in quotes, and quotes in them', '"Имя;""Лимит"""\n"""Анна"";1"\n"Борис;2"'],
    ['the encoding above it', 'UTF-8\nИмя;Лимит\nАнна;1\nБорис;2\n'],
    ['the separator in quotes', '"sep=;"\nИмя;Лимит\nАнна;1\nБорис;2\n'],
    ['two byte order marks', '\ufeff\ufeffИмя;Лимит\nАнна;1\nБорис;2\n'],
    ['formulas that keep texts', 'Имя;Лимит\n="Анна";="1"\n="Борис";="2"\n'],
    ['a zero byte at its end', 'Имя;Лимит\nАнна;1\nБорис;2\n\u0000'],
    ['a block of zero bytes at its end', `Имя;Лимит\nАнна;1\nБорис;2\n${'\u0000'.repeat(9)}`],
    ['quotes escaped by a backslash', 'Имя,Лимит,Заметки\nАнна,1,"\\"да\\""\nБорис,2,"a \\"b\\" c"\n'],
    ['a backslash at the end of a cell', 'Имя,Лимит,Заметки\n"Анна","1","C:\\"\n"Борис","2","D:\\"\n'],
    ['doubled quotes after a backslash', 'Имя,Лимит,Заметки\n"Анна","1","a \\"" b"\n"Борис","2",""\n'],
    ['each line in quotes, and empty cells after it', '"Имя;Лимит",,,\n"Анна;1",,,\n"Борис;2;""y""",,,\n'], // https://github.com/mholt/PapaParse/issues/713
    ['the end mark of DOS', 'Имя;Лимит\r\nАнна;1\r\nБорис;2\r\n\u001a'],
    ['separators that end each line', 'Имя;Лимит;;\nАнна;1;;\nБорис;2;;\n;;;\n'],
  ])('is read with %s', (_, text) => {
    const bytes = readBytes(new TextEncoder().encode(text));
    const read = bytes.ok ? readTable(bytes.table, board) : bytes;
    const people = [
      { name: 'Анна', max_load: 1 },
      { name: 'Борис', max_load: 2 },
    ];
    const rows = 'kind' in read && read.kind === 'read' ? read.rows.filter(({ name, operator }) => operator !== null || name !== '') : [];
    expect(rows.map(({ operator }) => operator)).toMatchObject(people);
  });

  const list = fc.array(fc.tuple(fc.constantFrom('Анна', 'Борис, Ким', 'О"Нил', 'a;b'), fc.constantFrom('\r\n', '\n', '\r')), { minLength: 1, maxLength: 20 });
  const isWhole = (read: (text: string) => readonly (readonly string[])[]) =>
    fc.property(list, (rows) => {
      const text = `Имя;Лимит\n${rows.map(([name, end]) => `"${name.replaceAll('"', '""')}";1${end}`).join('')}`;
      return JSON.stringify(read(text)) === JSON.stringify(rows.map(([name]) => [name, '1']));
    });

  test('loses nobody with any mix of line ends', () => {
    expect(fc.check(isWhole(people), { seed: SEED }).counterexample).toBeNull();
  });

  test.each(['\r\n', '\n', '\r'])('would if all lines had to end with %j: the generator finds such a list', (end) => {
    const read = (text: string) =>
      text
        .replace('\n', end)
        .split(end)
        .slice(1)
        .filter((line) => line !== '')
        .map((line) => [...(csvOf(`Имя;Лимит\n${line.replaceAll(/[\r\n]/g, ' ')}`)[1] ?? [])]);
    expect(fc.check(isWhole(read), { seed: SEED }).failed).toBe(true);
  });

  const FORMS: Readonly<Record<string, readonly string[]>> = {
    "'": ["'", '&#39;', '&#039;', '&apos;', '&#x27;'],
    '&': ['&amp;', '&#38;'],
    '"': ['&quot;', '&#34;', '""'],
    '<': ['<', '&lt;'],
    é: ['é', '&eacute;', '&#233;', '&#xE9;'],
    а: ['а', '&#1072;'],
  };
  const written = fc
    .array(fc.constantFrom(...Object.keys(FORMS), 'Н', 'o', ' ', '-'), { minLength: 1, maxLength: 12 })
    .map((letters) => `Я${letters.join('')}Я`)
    .chain((name) =>
      fc.tuple(...Array.from(name, (letter) => fc.constantFrom(...(FORMS[letter] ?? [letter])))).map((letters) => ({ name, text: letters.join('') })),
    );
  const isRead = (read: (text: string) => string | undefined) =>
    fc.property(written, fc.constantFrom(';', ',', '\t'), ({ name, text }, separator) => read(`Имя${separator}Лимит\n"${text}"${separator}5\n`) === name);

  test('is read with any entities of HTML in its names', () => {
    const check = fc.check(
      isRead((text) => people(text)[0]?.[0]),
      { seed: SEED, numRuns: 500 },
    );
    expect(check.counterexample).toBeNull();
  });

  test.each<[string, (text: string) => string | undefined]>([
    ['left as they are', (text) => /"(.*)"/.exec(text)?.[1]?.replaceAll('""', '"')],
    ['decoded before the quotes are read', (text) => /"([^"]*)"/.exec(text.replaceAll(/&quot;|&#34;/g, '"').replaceAll('&amp;', '&'))?.[1]],
  ])('would not be if they were %s: the generator finds such a name', (_what, read) => {
    expect(fc.check(isRead(read), { seed: SEED, numRuns: 500 }).failed).toBe(true);
  });

  test.each([
    ['Имя\nО&#39;Нил\n', ["О'Нил"]],
    ['Name;Limit\nQueen&#039;s University;5\n', ["Queen's University", '5']], // https://github.com/SuiteCRM/SuiteCRM/issues/6161
    ['Name;Limit\nJos&eacute; Nu&ntilde;ez-M&uuml;ller &Scaron;;5\n', ['José Nuñez-Müller Š', '5']],
    ['Name;Limit\nJ&oslash;rgen Gro&szlig;;5\n', ['Jørgen Groß', '5']],
    ['Имя;Лимит\nО&apos;Нил &amp; сын;5\n', ["О'Нил & сын", '5']],
    ['Имя;Лимит\n"Анна &quot;Аня&quot; Ли";5\n', ['Анна "Аня" Ли', '5']],
    ['Имя;Лимит\n&#1040;нна&nbsp;Ли;5\n', ['Анна Ли', '5']],
    ['Name,Limit\nJosé &#x1F600; &lt;3,5\n', ['José 😀 <3', '5']],
    ['Имя;Лимит\nРоги & копыта;5\n', ['Роги & копыта', '5']],
    ['Имя;Лимит\nA&B;5\n', ['A&B', '5']],
    ['Имя;Лимит\nАнна &mdash; Ли;5\n', ['Анна — Ли', '5']],
    ['Имя;Лимит\n&laquo;Анна&raquo;;5\n', ['«Анна»', '5']],
  ])('with entities of HTML is read as a person sees it: %j', (text, row) => {
    expect(people(text)[0]).toEqual(row);
  });

  test.each([
    ['Имя\nИванова, Анна\nКим, Борис\n', ['Иванова, Анна']],
    ['ФИО\r\nИванова, Анна\r\n', ['Иванова, Анна']],
    ['"Имя"\n"Иванова, Анна"\n', ['Иванова, Анна']],
    ['Имя,Лимит\n"Иванова, Анна",3\n', ['Иванова, Анна', '3']],
    ['Имя;Смена\nИванова, Анна;утро, вечер\n', ['Иванова, Анна', 'утро, вечер']],
  ])('keeps commas in names: %j', (text, row) => {
    expect(people(text)[0]).toEqual(row);
  });

  test.each<[string, number]>([
    ['Имя;Лимит\n"Анна;1\nБорис;2\n', 2],
    ['Имя;Лимит\r\nАнна;1\r\n"Борис;2\r\nВера;3', 3],
    ['sep=;\nИмя;Лимит\n"Анна;1', 3],
    ['"Имя;Лимит', 1],
    ["'Имя';'Лимит'\n'Анна';1\n'Борис;2\n", 3],
  ])('%j has an unclosed quote in line %i', (text, line) => {
    expect(readBytes(new TextEncoder().encode(text))).toEqual({ ok: false, problem: 'open_quote', line });
  });

  test.each<[string, number]>([
    ['Имя|Лимит|Заметки\nАнна|5|"ok" и ещё\nБорис|3|x\n', 2], // https://github.com/mholt/PapaParse/issues/1055
    ['Имя;Лимит\nАнна;5\n"Борис" Ким;3\n"Вера";2\n', 3],
    ['sep=;\nИмя;Лимит\n"Анна" Ли;1', 3],
    ["'Name','Limit'\n'Pat O'Connor',3\n", 2],
  ])('%j has text after a closing quote in line %i', (text, line) => {
    expect(readBytes(new TextEncoder().encode(text))).toEqual({ ok: false, problem: 'after_quote', line });
  });

  test.each([
    ["'Имя';'Лимит'\n'Анна';'5'\n", ['Анна', '5']],
    ["'Имя','Лимит'\r\n'Иванова, Анна',5\r\n", ['Иванова, Анна', '5']],
    ["\ufeff'Name' , 'Limit'\n'Pat O''Connor' , 5\n", ["Pat O'Connor", '5']],
    ["'Name'\t'Limit'\n'Pat \"Mac\" Lee'\t5\n", ['Pat "Mac" Lee', '5']],
    ["'Имя'|'Лимит'\n'Анна\nЛи'|5\n", ['Анна\nЛи', '5']],
    ["'Имя'\n'Анна'\n", ['Анна']],
    ["Имя;Лимит;'=site\nО'Нил;5;3\n", ["О'Нил", '5', '3']],
    ["Name,Limit\n'Anna',5\n", ["'Anna'", '5']],
  ])('is read with cells in single quotes if the header has them: %j', (text, row) => {
    expect(people(text)[0]).toEqual(row);
  });

  test.each(['；', '，', '、', '؛', '،', '｜'])('is read with %s between cells, as another keyboard writes it', (separator) => {
    const text = 'Имя;Лимит\r\nАнна;5\r\n"Ким; Борис";3\r\n'.replaceAll(';', separator);
    expect(people(text)).toEqual([
      ['Анна', '5'],
      [`Ким${separator} Борис`, '3'],
    ]);
  });

  test('is not split at a comma of another script in a list of one column', () => {
    expect(people('Имя\nИванова，Анна\n')[0]).toEqual(['Иванова，Анна']);
  });

  test.each(['windows-1251', 'ibm866', 'koi8-r', 'x-mac-cyrillic'])('is read in %s', (encoding) => {
    const text = 'Фамилия;Имя;Лимит\r\nИванова;Анна;5\r\nСидоров-Щукин;Пётр;7\r\nЁлкина;Жанна;1\r\n';
    const decoder = new TextDecoder(encoding);
    const byLetter = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
    expect(textOf(Uint8Array.from(text, (letter) => byLetter.get(letter) ?? 0))).toBe(text);
  });

  test('from Russian Excel is read: windows-1251, with semicolons and quotes', async () => {
    const text = 'Имя;Предел\r\n"Анна ""Аня""";5\r\n';
    const bytes = Uint8Array.from({ length: text.length }, (_, at) => cp1251(text.charCodeAt(at)));
    expect(csvOf(textOf(bytes))).toEqual([
      ['Имя', 'Предел'],
      ['Анна "Аня"', '5'],
    ]);
  });

  test('in UTF-8 is read with and without a byte order mark, with commas and with tabs', async () => {
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

  test('is read in every form that spreadsheets write: UTF-16, a declared separator, line breaks in quotes, old line ends, a title above', async () => {
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
