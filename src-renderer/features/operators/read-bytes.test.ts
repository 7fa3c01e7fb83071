import { crc32, deflateRawSync } from 'node:zlib';
import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { readBytes } from './read-bytes.ts';

const NAMESPACE = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org';

/** A workbook with a sheet of these rows, and any further parts. */
const workbook = (rows: readonly (readonly string[])[], more: Zippable = {}) =>
  new Uint8Array(
    zipSync({
      '[Content_Types].xml': strToU8('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
      'xl/workbook.xml': strToU8(
        `<workbook xmlns="${NAMESPACE}" xmlns:r="${RELATIONS}/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>`,
      ),
      'xl/_rels/workbook.xml.rels': strToU8(
        `<Relationships xmlns="${RELATIONS}/package/2006/relationships"><Relationship Id="r1" Type="${RELATIONS}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
      ),
      'xl/worksheets/sheet1.xml': strToU8(
        `<worksheet xmlns="${NAMESPACE}"><sheetData>${rows
          .map((row, r) => `<row r="${r + 1}">${row.map((text, c) => `<c r="${'AB'[c]}${r + 1}" t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`)
          .join('')}</sheetData></worksheet>`,
      ),
      ...more,
    }),
  );

const MB = 1_000_000;

/** The same part repeated, each with a declared size of `said` bytes. */
function bomb(count: number, unpacked: number, said: number): Uint8Array<ArrayBuffer> {
  const plain = Buffer.alloc(unpacked, ' ');
  const packed = deflateRawSync(plain);
  const crc = crc32(plain);
  const [files, directory] = [[] as Buffer[], [] as Buffer[]];
  let at = 0;
  for (let nth = 0; nth < count; nth++) {
    const name = Buffer.from(`xl/worksheets/sheet${nth + 1}.xml`);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc, 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(said, 18);
    common.writeUInt16LE(name.length, 22);
    files.push(Buffer.from('PK\x03\x04', 'latin1'), common, name, packed);
    const entry = Buffer.alloc(46 - 32);
    entry.writeUInt32LE(at, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, entry, name);
    at += 30 + name.length + packed.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...files, ...directory, end]));
}

test('a workbook is read as rows of text', () => {
  const rows = [
    ['Имя', 'Предел'],
    ['Анна', '7'],
  ];
  expect(readBytes(workbook(rows))).toEqual({ ok: true, table: rows });
});

test('a workbook whose parts together unpack to more than the limit is refused before unpacking, however small each part is', () => {
  for (const [count, said] of [
    [40, 95 * MB],
    [6, 9 * MB],
    [1, 51 * MB],
  ] as const)
    expect(readBytes(bomb(count, 1_000, said))).toEqual({ ok: false, problem: 'too_much' });
});

test('pictures and other unused parts are not unpacked and do not count', () => {
  const rows = [['Имя'], ['Анна']];
  const picture = new Uint8Array(60 * MB);
  expect(readBytes(workbook(rows, { 'xl/media/image1.png': [picture, { level: 0 }] }))).toEqual({ ok: true, table: rows });
});

test('a part larger than its declared size is truncated to that size', () => {
  expect(readBytes(bomb(6, 9 * MB, 1_000))).toEqual({ ok: false, problem: 'unreadable' });
});

test('of a table that is too long the first rows are returned', () => {
  const lines = ['Имя', ...Array.from({ length: 20_000 }, (_, nth) => `Оператор ${nth}`)];
  const read = readBytes(new TextEncoder().encode(lines.join('\r\n')));
  expect(read).toEqual({ ok: true, table: lines.slice(0, 5_021).map((name) => [name]) });
});

describe('a list saved as .xls by another program', () => {
  const people = [
    ['Имя', 'Лимит'],
    ["О'Нил & Ко", '007'],
    ['1-2', ''],
  ];
  const cells = people.map((row) => row.map((text) => text.replaceAll('&', '&amp;').replaceAll("'", '&#39;')));
  const page = `<table>${cells.map((row) => `<tr>${row.map((text) => `<td>${text}</td>`).join('')}</tr>`).join('')}</table>`;
  const xml = `<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="S"><Table>${cells
    .map((row) => `<Row>${row.map((text) => `<Cell><Data ss:Type="String">${text}</Data></Cell>`).join('')}</Row>`)
    .join('')}</Table></Worksheet></Workbook>`;

  test.each<[string, string]>([
    ['a page', `<html><head><meta charset="utf-8"></head><body>${page}</body></html>`],
    ['a page with its mark', `\ufeff<!DOCTYPE html>\n<html>${page}</html>`],
    ['a table alone', page],
    ['the XML of Excel 2003', xml],
  ])('as %s is read, and text stays text', (_, text) => {
    const read = readBytes(new TextEncoder().encode(text));
    expect(read.ok && read.table.map((row) => [row[0], row[1] ?? ''])).toEqual(people);
  });
});

test('texts of a workbook keep their cells when some of them are empty', () => {
  const types =
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>';
  const cell = (at: string, index: number) => `<c r="${at}" t="s"><v>${index}</v></c>`;
  const sheet = `<worksheet xmlns="${NAMESPACE}"><sheetData><row r="1">${cell('A1', 0)}${cell('B1', 1)}</row><row r="2">${cell('A2', 2)}${cell('B2', 1)}</row><row r="3">${cell('A3', 3)}</row></sheetData></worksheet>`;
  for (const [p, empty] of [
    ['', '<si/>'],
    ['', '<si />'],
    ['x:', '<x:si/>'],
    ['', '<si><t/></si>'],
  ] as const) {
    const strings = `<${p}sst xmlns${p && ':x'}="${NAMESPACE}"><${p}si><${p}t>Имя</${p}t></${p}si>${empty}<${p}si><${p}t>Анна</${p}t></${p}si><${p}si><${p}t>Борис</${p}t></${p}si></${p}sst>`;
    const read = readBytes(
      workbook([], { '[Content_Types].xml': strToU8(types), 'xl/sharedStrings.xml': strToU8(strings), 'xl/worksheets/sheet1.xml': strToU8(sheet) }),
    );
    expect(read.ok && read.table.map(([name]) => name), empty).toEqual(['Имя', 'Анна', 'Борис']);
  }
});

describe('a workbook of an unusual program', () => {
  const sheet = (cells: string) => strToU8(`<worksheet xmlns="${NAMESPACE}"><sheetData>${cells}</sheetData></worksheet>`);
  const inline = (text: string, at = '') => `<c ${at} t="inlineStr"><is><t>${text}</t></is></c>`;
  const head = `<row r="1">${inline('Имя', 'r="A1"')}${inline('Бот', 'r="B1"')}</row>`;
  const sheets = (list: string, relations: string) => ({
    'xl/workbook.xml': strToU8(`<workbook xmlns="${NAMESPACE}" xmlns:r="${RELATIONS}/officeDocument/2006/relationships"><sheets>${list}</sheets></workbook>`),
    'xl/_rels/workbook.xml.rels': strToU8(`<Relationships xmlns="${RELATIONS}/package/2006/relationships">${relations}</Relationships>`),
  });
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${RELATIONS}/officeDocument/2006/relationships/${type}" Target="${target}"/>`;
  const utf16 = (text: string) => Uint8Array.from([0xff, 0xfe, ...new Uint8Array(Uint16Array.from(text, (_, i) => text.charCodeAt(i)).buffer)]);
  const renamed = (parts: Zippable, name: (part: string) => string): Zippable =>
    Object.fromEntries(Object.entries(parts).map(([part, bytes]) => [name(part), bytes]));
  const partsOf = (bytes: Uint8Array): Zippable => unzipSync(bytes);
  const plain = [
    ['Имя', 'Бот'],
    ['Анна', '5'],
  ];
  const strings = strToU8(`<sst xmlns="${NAMESPACE}" count="1" uniqueCount="1"><si><t>Анна</t></si></sst>`);
  const two = `<row r="2">${inline('Анна', 'r="A2"')}<c r="B2"><v>5</v></c></row>`;

  const shared = (items: string, cells = two.replace(inline('Анна', 'r="A2"'), '<c r="A2" t="s"><v>0</v></c>')) =>
    workbook([], {
      ...sheets(
        '<sheet name="S" sheetId="1" r:id="r1"/>',
        relation('r1', 'worksheet', 'worksheets/sheet1.xml') + relation('r2', 'sharedStrings', 'sharedStrings.xml'),
      ),
      '[Content_Types].xml': strToU8(
        `<Types xmlns="${RELATIONS}/package/2006/content-types"><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>`,
      ),
      'xl/worksheets/sheet1.xml': sheet(head + cells),
      'xl/sharedStrings.xml': strToU8(`<sst xmlns="${NAMESPACE}">${items}</sst>`),
    });
  const one = (items: string) => shared(`<si>${items}</si>`);
  const edited = (bytes: Uint8Array, edit: (text: string, part: string) => string): Uint8Array<ArrayBuffer> =>
    new Uint8Array(zipSync(Object.fromEntries(Object.entries(unzipSync(bytes)).map(([part, text]) => [part, strToU8(edit(strFromU8(text), part))]))));
  const usual = workbook([], { 'xl/worksheets/sheet1.xml': sheet(head + two) });

  // as public reports have them: ClosedXML, OpenXML SDK, "Strict Open XML", SwiftExcel, Alteryx, Japanese Excel, Windows line ends
  test.each<[string, Uint8Array<ArrayBuffer>]>([
    [
      'all names with a prefix',
      edited(usual, (text, part) => (part.startsWith('xl/w') ? text.replaceAll(/<(\/?)(?=[a-z])/g, '<$1x:').replaceAll('xmlns=', 'xmlns:x=') : text)),
    ],
    [
      'relations with a prefix',
      edited(usual, (text, part) => (part.endsWith('.rels') ? text.replaceAll(/<(\/?)(?=R)/g, '<$1ns0:').replaceAll('xmlns=', 'xmlns:ns0=') : text)),
    ],
    [
      'the strict form',
      edited(usual, (text) =>
        text
          .replaceAll(NAMESPACE, 'http://purl.oclc.org/ooxml/spreadsheetml/main')
          .replaceAll(`${RELATIONS}/officeDocument/2006/relationships`, 'http://purl.oclc.org/ooxml/officeDocument/relationships'),
      ),
    ],
    ['a random relation id', edited(usual, (text) => text.replaceAll('"r1"', '"R4f1c2a97d3e04b"'))],
    ['absolute targets', edited(usual, (text) => text.replaceAll('Target="worksheets/', 'Target="/xl/worksheets/'))],
    ['a byte order mark in its parts', edited(usual, (text) => `\ufeff<?xml version="1.0" encoding="utf-8"?>\r\n${text}`)],
    ['a wrong dimension', edited(usual, (text) => text.replace('<sheetData>', '<dimension ref="A1"/><sheetData>'))],
    [
      'shared strings that are declared but missing',
      workbook([], {
        ...sheets(
          '<sheet name="S" sheetId="1" r:id="r1"/>',
          relation('r1', 'worksheet', 'worksheets/sheet1.xml') + relation('r2', 'sharedStrings', 'sharedStrings.xml'),
        ),
        'xl/worksheets/sheet1.xml': sheet(head + two),
      }),
    ],
    ['rich text', one('<r><rPr><b/></rPr><t>Ан</t></r><r><t>на</t></r>')],
    ['how a name is pronounced', one('<t>Анна</t><rPh sb="0" eb="4"><t>アンナ</t></rPh>')],
    ['literal text', one('<t><![CDATA[Анна]]></t>')],
    ['numeric references', one('<t>&#1040;&#x43d;на</t>')],
    ['a hyperlink', edited(usual, (text) => text.replace('</sheetData>', '</sheetData><hyperlinks><hyperlink ref="A2" r:id="r9"/></hyperlinks>'))],
    [
      'a formula that makes a text',
      workbook([], {
        'xl/worksheets/sheet1.xml': sheet(
          `${head}<row r="2"><c r="A2" t="str"><f>HYPERLINK("https://x","Анна")</f><v>Анна</v></c><c r="B2"><f>2+3</f><v>5</v></c></row>`,
        ),
      }),
    ],
  ])('is read with %s', (_, bytes) => {
    expect(readBytes(bytes)).toMatchObject({ ok: true, table: plain });
  });

  test.each<[string, Uint8Array, readonly (readonly string[])[]]>([
    [
      'an error in a cell',
      workbook([], { 'xl/worksheets/sheet1.xml': sheet(`${head}<row r="2">${inline('Анна', 'r="A2"')}<c r="B2" t="e"><v>#REF!</v></c></row>`) }),
      [
        ['Имя', 'Бот'],
        ['Анна', '#REF!'],
      ],
    ],
    [
      'a formula without a value',
      workbook([], { 'xl/worksheets/sheet1.xml': sheet(`${head}<row r="2">${inline('Анна', 'r="A2"')}<c r="B2"><f>1+4</f></c></row>`) }),
      [
        ['Имя', 'Бот'],
        ['Анна', '#N/A'],
      ],
    ],
    [
      'a formula with its value',
      workbook([], { 'xl/worksheets/sheet1.xml': sheet(`${head}<row r="2">${inline('Анна', 'r="A2"')}<c r="B2"><f>1+4</f><v>5</v></c></row>`) }),
      plain,
    ],
    [
      'cells that do not say where they are',
      workbook([], { 'xl/worksheets/sheet1.xml': sheet(`<row>${inline('Имя')}${inline('Бот')}</row><row>${inline('Анна')}<c><v>5</v></c></row>`) }),
      plain,
    ],
    [
      'a style without styles',
      workbook([], { 'xl/worksheets/sheet1.xml': sheet(`${head}<row r="2">${inline('Анна', 'r="A2"')}<c r="B2" s="7"><v>5</v></c></row>`) }),
      plain,
    ],
    [
      'a boolean in words',
      workbook([], { 'xl/worksheets/sheet1.xml': sheet(`${head}<row r="2">${inline('Анна', 'r="A2"')}<c r="B2" t="b"><v>true</v></c></row>`) }),
      [
        ['Имя', 'Бот'],
        ['Анна', 'true'],
      ],
    ],
    [
      'a boolean in digits',
      workbook([], { 'xl/worksheets/sheet1.xml': sheet(`${head}<row r="2">${inline('Анна', 'r="A2"')}<c r="B2" t="b"><v>1</v></c></row>`) }),
      [
        ['Имя', 'Бот'],
        ['Анна', 'true'],
      ],
    ],
    [
      'a number as text',
      workbook([], { 'xl/worksheets/sheet1.xml': sheet(`${head}<row r="2">${inline('Анна', 'r="A2"')}${inline('5', 'r="B2"')}</row>`) }),
      plain,
    ],
    [
      'shared strings under another case',
      workbook([], {
        ...sheets(
          '<sheet name="S" sheetId="1" r:id="r1"/>',
          relation('r1', 'worksheet', 'worksheets/sheet1.xml') + relation('r2', 'sharedStrings', 'sharedStrings.xml'),
        ),
        'xl/SharedStrings.xml': strings,
        '[Content_Types].xml': strToU8(
          '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        ),
        'xl/worksheets/sheet1.xml': sheet(`${head}<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2"><v>5</v></c></row>`),
      }),
      plain,
    ],
    [
      'a workbook part of another name',
      new Uint8Array(
        zipSync({
          ...renamed(partsOf(workbook([], { 'xl/worksheets/sheet1.xml': sheet(head + two) })), (part) => part.replace('workbook.xml', 'workbook2.xml')),
          '_rels/.rels': strToU8(
            `<Relationships xmlns="${RELATIONS}/package/2006/relationships">${relation('r1', 'officeDocument', 'xl/workbook2.xml')}</Relationships>`,
          ),
          '[Content_Types].xml': strToU8(
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook2.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
          ),
        }),
      ),
      plain,
    ],
    [
      'backslashes in the names of parts',
      new Uint8Array(zipSync(renamed(partsOf(workbook([], { 'xl/worksheets/sheet1.xml': sheet(head + two) })), (part) => part.replaceAll('/', '\\')))),
      plain,
    ],
    [
      'parts in UTF-16',
      workbook([], {
        'xl/worksheets/sheet1.xml': utf16(
          `<?xml version="1.0" encoding="UTF-16"?><worksheet xmlns="${NAMESPACE}"><sheetData>${head}${two}</sheetData></worksheet>`,
        ),
      }),
      plain,
    ],
    [
      'a hidden first sheet',
      workbook(
        [
          ['Имя', 'Бот'],
          ['Тайна', '1'],
        ],
        {
          ...sheets(
            '<sheet name="H" sheetId="1" state="hidden" r:id="r1"/><sheet name="S" sheetId="2" r:id="r2"/>',
            relation('r1', 'worksheet', 'worksheets/sheet1.xml') + relation('r2', 'worksheet', 'worksheets/sheet2.xml'),
          ),
          'xl/worksheets/sheet2.xml': sheet(head + two),
        },
      ),
      plain,
    ],
    [
      'a very hidden first sheet',
      workbook(
        [
          ['Имя', 'Бот'],
          ['Тайна', '1'],
        ],
        {
          ...sheets(
            '<sheet name="H" sheetId="1" state="veryHidden" r:id="r1"/><sheet name="S" sheetId="2" r:id="r2"/>',
            relation('r1', 'worksheet', 'worksheets/sheet1.xml') + relation('r2', 'worksheet', 'worksheets/sheet2.xml'),
          ),
          'xl/worksheets/sheet2.xml': sheet(head + two),
        },
      ),
      plain,
    ],
    [
      'a chart for a first sheet',
      workbook([], {
        ...sheets(
          '<sheet name="C" sheetId="1" r:id="r1"/><sheet name="S" sheetId="2" r:id="r2"/>',
          relation('r1', 'chartsheet', 'chartsheets/sheet1.xml') + relation('r2', 'worksheet', 'worksheets/sheet2.xml'),
        ),
        'xl/chartsheets/sheet1.xml': strToU8(`<chartsheet xmlns="${NAMESPACE}"/>`),
        'xl/worksheets/sheet2.xml': sheet(head + two),
      }),
      plain,
    ],
    [
      'a sheet that says it is a million rows long',
      workbook([], {
        'xl/worksheets/sheet1.xml': strToU8(`<worksheet xmlns="${NAMESPACE}"><dimension ref="A1:XFD1048576"/><sheetData>${head}${two}</sheetData></worksheet>`),
      }),
      plain,
    ],
  ])('is read: %s', (_, bytes, table) => {
    const read = readBytes(new Uint8Array(bytes));
    expect(read.ok && read.table.filter((row) => row.length > 0)).toEqual(table);
  });

  test('is reported as protected if it has a password; other compound files are reported as old', () => {
    const compound = (name: string) =>
      Uint8Array.from([
        0xd0,
        0xcf,
        0x11,
        0xe0,
        0xa1,
        0xb1,
        0x1a,
        0xe1,
        ...Array(504).fill(0),
        ...Array.from(name).flatMap((letter) => [letter.charCodeAt(0), 0]),
      ]);
    expect(readBytes(compound('EncryptedPackage'))).toEqual({ ok: false, problem: 'password' });
    expect(readBytes(compound('Workbook'))).toEqual({ ok: false, problem: 'old_excel' });
  });
});
