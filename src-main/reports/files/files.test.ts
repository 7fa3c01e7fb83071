import { parse } from 'csv-parse/sync';
import { unzipSync } from 'fflate';
import { readSheet } from 'read-excel-file/node';
import { describe, expect, test } from 'vitest';
import { updateOperator } from '#engine/configuration/operators.ts';
import { value } from '#engine/testing/desk.ts';
import { hostileTexts } from '#reports/testing/hostile.ts';
import { finished, ReportingDesk } from '#reports/testing/reporting-desk.ts';
import { type Cell, type Column, type FileFormat, type ReportQueryInput, reportNames, reportQuery } from '#shared/contract/reports.ts';
import { type ReportLanguage, reportTexts } from '#shared/report-texts.ts';
import { DAY_MS } from '#shared/time.ts';
import { reportFile } from './file.ts';
import { Xlsx } from './xlsx.ts';

const DAY = { from: '2026-11-22', to: '2026-11-22' };
const MINUTE = 60_000;

const MOSCOW_MS = 3 * 60 * MINUTE;

/** The code that a word stands for. */
function meaning({ key, type }: Column, word: string, language: ReportLanguage): Cell {
  const texts = reportTexts[language];
  if (type === 'weekday') return texts.weekdays.indexOf(word) + 1;
  const words: Record<string, string> = key === 'status' ? texts.status : key === 'verdict' ? texts.verdict : key === 'tag' ? { '': texts.no_tags } : {};
  return Object.keys(words).find((code) => words[code] === word) ?? word;
}

/** Parses a cell of a CSV file. */
function fromCsv(column: Column, text: string, language: ReportLanguage): Cell {
  switch (column.type) {
    case 'text':
      return text === '' || text === reportTexts[language].nobody ? null : meaning(column, asGiven(text), language);
    case 'code':
    case 'weekday':
      return meaning(column, text, language);
    case 'day':
      return text;
    case 'time':
      return text === '' ? null : Date.parse(`${text.replace(' ', 'T')}Z`) - MOSCOW_MS;
    default: {
      const scale = column.type === 'share' ? 0.01 : column.type === 'duration' ? 1000 : 1;
      return text === '' ? null : text.includes(', ') ? text : Number(text) * scale; // several ids
    }
  }
}

/** Parses a cell of a sheet. The reader library returns durations as dates, counted from Excel's epoch. */
function fromXlsx(column: Column, cell: unknown): Cell {
  if (cell === null || cell === undefined) return null;
  if (cell instanceof Date) {
    if (column.type === 'day') return cell.toISOString().slice(0, 10);
    return column.type === 'time' ? cell.getTime() - MOSCOW_MS : cell.getTime() + 25_569 * DAY_MS;
  }
  if (typeof cell === 'string') return cell === reportTexts.ru.nobody ? null : meaning(column, cell, 'ru');
  return column.type === 'duration' ? Number(cell) * DAY_MS : Number(cell);
}

/** Rounds to the precision of all files: seconds, hundredths of a percent, four decimals. */
function rounded({ type }: Column, cell: Cell): Cell {
  if (typeof cell !== 'number') return cell;
  if (type === 'time' || type === 'duration') return Math.floor(Math.round(cell / 10) / 100) + 0;
  return type === 'share' || type === 'number' ? Math.round(cell * 10_000) : cell;
}

/** The complete file for a query. */
function fileOf(reporting: ReportingDesk, query: ReportQueryInput, format: FileFormat, language: ReportLanguage = 'ru'): Buffer {
  const chunks: Uint8Array[] = [];
  const steps = reportFile(reporting.from, {
    query: reportQuery.parse(query),
    now: reporting.desk.now,
    time_zone: reporting.timeZone,
    service_seconds: 20,
    format,
    language,
  });
  finished(steps, (step) => {
    if (step && 'chunk' in step) chunks.push(step.chunk);
  });
  return Buffer.concat(chunks);
}

/** Removes the protective apostrophes where a cell may begin. */
const asGiven = (text: string): string => text.replaceAll(/(^|[,;|\t\n]|\r(?!\n))'+/g, '$1');

const csv = (file: Buffer, delimiter: string): string[][] => parse(file, { delimiter, bom: true, relax_column_count: false });

describe('a desk after a morning', () => {
  const questions: ReportQueryInput[] = [
    ...reportNames.map((report) => ({ report, ...DAY })),
    { report: 'summary', ...DAY, group_by: 'operator' },
    { report: 'summary', ...DAY, group_by: 'tag' },
    { report: 'summary', ...DAY, group_by: 'weekday' },
    { report: 'contacts', ...DAY, measure: 'assigned' },
  ];

  async function morning(): Promise<ReportingDesk> {
    const reporting = await ReportingDesk.open();
    const { desk } = reporting;
    desk.now = Date.parse('2026-11-22T06:00:00Z');
    const source = await desk.source('Сайт; "главный"');
    const other = await desk.source('=SUM(A1)');
    const people = [await desk.operator('Анна', 2), await desk.operator('@Борис', 2)];
    for (const id of people) await desk.do((write) => updateOperator(write, id, { tags: id === people[0] ? ['=1+1', 'ночь'] : ['Ночь'] }));
    for (const id of [source, other]) await desk.weights(id, { [people[0] ?? 0]: 3, [people[1] ?? 0]: 1 });
    const open: number[] = [];
    for (let i = 0; i < 30; i++) {
      desk.now += 7 * MINUTE + i * 1234;
      open.push(
        value(await desk.submit(i % 3 ? source : other, { phone: `+790012300${10 + (i % 20)}`, name: `Лид ${i}`, message: `строка ${i}\nещё` })).contact.id,
      );
      if (i % 2) value(await reporting.close(open.shift() ?? 0));
    }
    return reporting;
  }

  test.each(questions)('$report $group_by $measure: every file has the rows of the screen, in the same order', async (query) => {
    const reporting = await morning();
    const { table, row_count } = reporting.ask(query);
    expect(table.rows.length).toBe(row_count);
    expect(row_count).toBeGreaterThan(0);
    const total = table.total ? 1 : 0;

    const russian = csv(fileOf(reporting, query, 'csv', 'ru'), ';');
    const english = csv(fileOf(reporting, query, 'csv', 'en'), ',');
    const sheet = await readSheet(fileOf(reporting, query, 'xlsx', 'ru'));
    expect([russian.length, english.length, sheet.length]).toEqual(Array(3).fill(1 + row_count + total));
    expect(sheet[0]).toEqual(table.columns.map(({ key }) => reportTexts.ru.columns[key]));

    const rows = table.rows.map((row) => row.map((cell, c) => rounded(table.columns[c] as Column, cell)));
    const readFrom = (file: readonly (readonly unknown[])[], read: (column: Column, cell: unknown) => Cell) =>
      file.slice(1, 1 + row_count).map((row) => table.columns.map((column, c) => rounded(column, read(column, row[c]))));
    expect(readFrom(russian, (column, cell) => fromCsv(column, String(cell).replace(/^(-?\d+),(\d+)$/, '$1.$2'), 'ru'))).toEqual(rows);
    expect(readFrom(english, (column, cell) => fromCsv(column, String(cell), 'en'))).toEqual(rows);
    expect(readFrom(sheet, fromXlsx)).toEqual(rows);
  });

  test('Russian files have semicolons, decimal commas, line ends by RFC 4180 and a byte order mark', async () => {
    const reporting = await morning();
    const text = fileOf(reporting, { report: 'summary', ...DAY, group_by: 'source' }, 'csv').toString();
    const [heading = '', first = ''] = text.split('\r\n');
    expect(heading.slice(0, 50)).toBe('\uFEFF"ID источника";"Источник";"Поступило";"Повторные"');
    expect(first).toMatch(/^1;"Сайт; ""главный""";20;/);
    expect(text.endsWith('\r\n')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toContain('\r');
  });

  test('a sheet has a frozen heading, widths, and no formula', async () => {
    const reporting = await morning();
    const parts = unzipSync(fileOf(reporting, { report: 'contacts', ...DAY }, 'xlsx'));
    const xml = Buffer.from(parts['xl/worksheets/sheet1.xml'] ?? []).toString();
    expect(xml).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
    expect(xml.match(/<col /g)?.length).toBe(19);
    expect(xml).not.toMatch(/<f[\s>]/);
    expect(xml).toContain('<autoFilter ref="A1:S31"/>');
  });

  test('its headings fit their text, and the total row is styled and outside the filter', async () => {
    const reporting = await morning();
    const xml = Buffer.from(
      unzipSync(fileOf(reporting, { report: 'summary', ...DAY, group_by: 'source' }, 'xlsx'))['xl/worksheets/sheet1.xml'] ?? [],
    ).toString();
    expect(xml).toMatch(/<row r="1" ht="(4[89]|[5-9]\d)" customHeight="1">/); // «Обработка, 90 % не дольше»: three lines
    expect(xml).toContain('<autoFilter ref="A1:W3"/>');
    expect(xml).toMatch(/<row r="4"><c r="A4" s="10"\/><c r="B4" s="9" t="inlineStr"><is><t xml:space="preserve">Итого/);
  });
});

test('each format is unchanged, byte for byte for text and part by part for workbooks', async () => {
  const reporting = await ReportingDesk.open();
  const { desk } = reporting;
  desk.now = Date.parse('2026-11-22T06:00:00Z');
  const source = await desk.source('Сайт; "главный"');
  await desk.weights(source, { [await desk.operator('Анна', 1)]: 1 });
  const first = value(await desk.submit(source, { phone: '+79001234567', name: 'Иван', message: 'Добрый день;\nперезвоните' })).contact;
  desk.now += MINUTE;
  value(await desk.submit(source, { external_id: '=1+1', email: 'a@example.com', name: '<b>Bob</b>', message: '=HYPERLINK("http://example.com")' }));
  desk.now += 90_500;
  value(await reporting.close(first.id));
  value(await desk.submit(source, { phone: '+79001234567' }));
  desk.now += MINUTE;

  const query: ReportQueryInput = { report: 'contacts', ...DAY };
  await expect(fileOf(reporting, query, 'csv', 'ru').toString()).toMatchFileSnapshot('golden/contacts.ru.csv');
  await expect(fileOf(reporting, query, 'csv', 'en').toString()).toMatchFileSnapshot('golden/contacts.en.csv');
  await expect(fileOf(reporting, { report: 'summary', ...DAY, group_by: 'source' }, 'csv', 'ru').toString()).toMatchFileSnapshot('golden/summary.ru.csv');
  const parts = Object.entries(unzipSync(fileOf(reporting, query, 'xlsx'))).map(
    ([name, bytes]) => `${name}\n${Buffer.from(bytes).toString().replaceAll('><', '>\n<')}`,
  );
  await expect(parts.join('\n\n')).toMatchFileSnapshot('golden/contacts.xlsx.txt');
});

test('two hundred hostile texts stay text in every file, and are read back unchanged', async () => {
  const reporting = await ReportingDesk.open();
  const { desk } = reporting;
  const source = await desk.source('Сайт');
  await desk.weights(source, { [await desk.operator('Анна', 1000)]: 1 });
  for (const [i, text] of hostileTexts.entries()) value(await desk.submit(source, { external_id: `x${i}`, name: text.slice(0, 200), message: text }));
  const query: ReportQueryInput = { report: 'contacts', ...DAY };
  const rows = reporting.rows(query);
  expect(rows.length).toBe(200);

  for (const [language, delimiter] of [
    ['ru', ';'],
    ['en', ','],
  ] as const) {
    const read = csv(fileOf(reporting, query, 'csv', language), delimiter).slice(1);
    for (const [r, row] of rows.entries())
      for (const [key, c] of [
        ['lead', 5],
        ['message', 18],
      ] as const) {
        const given = String(row[key] ?? '');
        const written = read[r]?.[c] ?? '';
        expect(asGiven(written)).toBe(asGiven(given));
        expect(/[,;|\t\r\n]/.test(given) || written === given || written === `'${given}`).toBe(true);
        expect(/^[+-]?\d+([.,]\d+)?$/.test(written) || !/[=+\-@＝＋－＠\t\r\n]/.test(written.trimStart().charAt(0))).toBe(true);
      }
  }

  const file = fileOf(reporting, query, 'xlsx');
  const sheet = await readSheet(file, { trim: false });
  for (const [r, row] of rows.entries())
    for (const [key, c] of [
      ['lead', 5],
      ['message', 18],
    ] as const)
      expect(String(sheet[r + 1]?.[c] ?? '')).toBe(row[key] ?? '');
  const xml = Buffer.from(unzipSync(file)['xl/worksheets/sheet1.xml'] ?? []).toString();
  expect(xml).not.toMatch(/<f[\s>]/);
  expect(xml.match(/<c /g)?.length).toBe(xml.match(/<\/c>/g)?.length);
});

test('a workbook continues on another sheet when one is full', async () => {
  const rowCount = 1_000_003;
  const book = new Xlsx({
    title: 'Обращения',
    about: '',
    columns: [{ key: 'contact_id', type: 'id' }],
    rowCount,
    wording: { language: 'ru', clock: (at) => at },
  });
  const parts: Uint8Array[] = [];
  for (let from = 0; from < rowCount; from += 10_000) {
    book.rows(Array.from({ length: Math.min(10_000, rowCount - from) }, (_, i) => [from + i]));
    const made = book.take();
    if (made) parts.push(made);
  }
  book.end();
  parts.push(book.take() ?? new Uint8Array());
  const { 'xl/worksheets/sheet2.xml': second, ...others } = unzipSync(Buffer.concat(parts));
  expect(Object.keys(others)).toContain('xl/worksheets/sheet1.xml');
  expect(
    Buffer.from(second ?? [])
      .toString()
      .match(/<v>\d+<\/v>/g),
  ).toEqual(['<v>1000000</v>', '<v>1000001</v>', '<v>1000002</v>']);
});
