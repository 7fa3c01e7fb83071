import { crc32, deflateRawSync } from 'node:zlib';
import { strToU8, type Zippable, zipSync } from 'fflate';
import { expect, test } from 'vitest';
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

test('a workbook is read as rows of text', async () => {
  const rows = [
    ['Имя', 'Предел'],
    ['Анна', '7'],
  ];
  expect(await readBytes(workbook(rows))).toEqual({ ok: true, table: rows });
});

test('a workbook that unpacks to more than is good in all is refused before it is unpacked, however small each of its parts is', async () => {
  for (const [count, said] of [
    [40, 95 * MB],
    [6, 9 * MB],
    [1, 51 * MB],
  ] as const)
    expect(await readBytes(bomb(count, 1_000, said))).toEqual({ ok: false, problem: 'too_much' });
});

test('pictures and the like are not unpacked at all, and do not count', async () => {
  const rows = [['Имя'], ['Анна']];
  const picture = new Uint8Array(60 * MB);
  expect(await readBytes(workbook(rows, { 'xl/media/image1.png': [picture, { level: 0 }] }))).toEqual({ ok: true, table: rows });
});

test('a part that says it is smaller than it is has no more room than it said', async () => {
  expect(await readBytes(bomb(6, 9 * MB, 1_000))).toEqual({ ok: false, problem: 'unreadable' });
});

test('of a table that is too long in any case the first rows are handed on', async () => {
  const lines = ['Имя', ...Array.from({ length: 20_000 }, (_, nth) => `Оператор ${nth}`)];
  const read = await readBytes(new TextEncoder().encode(lines.join('\r\n')));
  expect(read).toEqual({ ok: true, table: lines.slice(0, 5_021).map((name) => [name]) });
});
