import { strToU8, zipSync } from 'fflate';

type Rows = (string | number)[][];

/** A minimal workbook with a sheet of these rows, followed by the sheets of `more`. */
export function workbook(rows: Rows, ...more: Rows[]): Buffer {
  const cell = (value: string | number) => (typeof value === 'number' ? `<c><v>${value}</v></c>` : `<c t="inlineStr"><is><t>${value}</t></is></c>`);
  const sheetOf = (all: Rows) =>
    `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${all
      .map((row, r) => `<row r="${r + 1}">${row.map((value, c) => cell(value).replace('<c', `<c r="${'ABCDEF'[c]}${r + 1}"`)).join('')}</row>`)
      .join('')}</sheetData></worksheet>`;
  const sheets = [rows, ...more];
  const eachSheet = (words: (nth: number) => string) => sheets.map((_, at) => words(at + 1)).join('');
  const rel = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const relationships = (all: string) => `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all}</Relationships>`;
  const relationship = (type: string, target: string, nth = 1) => `<Relationship Id="r${nth}" Type="${rel}/${type}" Target="${target}"/>`;
  const book = `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${rel}"><sheets>${eachSheet((nth) => `<sheet name="Лист${nth}" sheetId="${nth}" r:id="r${nth}"/>`)}</sheets></workbook>`;
  const main = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const types = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${main}.sheet.main+xml"/>${eachSheet((nth) => `<Override PartName="/xl/worksheets/sheet${nth}.xml" ContentType="${main}.worksheet+xml"/>`)}</Types>`;
  const files = {
    '[Content_Types].xml': types,
    '_rels/.rels': relationships(relationship('officeDocument', 'xl/workbook.xml')),
    'xl/workbook.xml': book,
    'xl/_rels/workbook.xml.rels': relationships(eachSheet((nth) => relationship('worksheet', `worksheets/sheet${nth}.xml`, nth))),
    ...Object.fromEntries(sheets.map((all, at) => [`xl/worksheets/sheet${at + 1}.xml`, sheetOf(all)])),
  };
  return Buffer.from(zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]))));
}
