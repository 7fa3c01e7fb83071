/** Parses operators from a table with a header row, one operator per row. Reports every error before anything is written. Pure. */

import { wholeIn } from '#kit/fields/checks.ts';
import type { Board } from '#shared/board.ts';
import { type InactiveReason, inactiveReasons, tags as tagsInput } from '#shared/contract/entities.ts';
import { MAX_LOAD_MAX, NAME_MAX } from '#shared/contract/limits.ts';
import { type ImportedOperator, MAX_IMPORT } from '#shared/contract/operators.ts';
import { defused, withoutGuards } from '#shared/csv-text.ts';
import { MAX_WEIGHT } from '#shared/distribution/table.ts';
import { cleanName, nameKey } from '#shared/plain-text.ts';

export type Table = readonly (readonly string[])[];

type RowProblem =
  | { readonly kind: 'no_name' | 'name_long' | 'no_value' | 'bad_active' | 'bad_limit' | 'bad_tags' | 'twice'; readonly text: string }
  | { readonly kind: 'bad_weight'; readonly text: string; readonly source: string };

export interface ImportRow {
  /** row number as in a spreadsheet, from 1 */
  readonly row: number;
  readonly name: string;
  readonly problems: readonly RowProblem[];
  /** null: the row has errors */
  readonly operator: ImportedOperator | null;
}

export type Read =
  | { readonly kind: 'no_name_column' | 'no_rows' | 'too_long' }
  | { readonly kind: 'column_twice'; readonly name: string }
  | {
      readonly kind: 'read';
      readonly rows: readonly ImportRow[] /** names in the header that are neither a known column nor a source */;
      readonly unknown: readonly string[];
      /** numbers of rows with totals, which are left out */
      readonly totals: readonly number[];
    };

/** The header is searched for in this many rows, since there may be a title above it. */
export const HEAD_WITHIN = 20;
const columns: Record<'full_name' | 'given_name' | 'surname' | 'patronymic' | 'max_load' | 'is_active' | 'tags', readonly string[]> = {
  full_name: [
    ...['name', 'operator', 'agent', 'employee', 'full name', 'operator name', 'agent name', 'employee name'],
    ...['оператор', 'фио', 'ф.и.о.', 'сотрудник', 'менеджер', 'имя оператора', 'имя сотрудника', 'фио оператора', 'фио сотрудника'],
  ],
  given_name: ['first name', 'given name', 'имя'],
  surname: ['surname', 'last name', 'family name', 'фамилия'],
  patronymic: ['patronymic', 'middle name', 'отчество'],
  max_load: ['max_load', 'max load', 'limit', 'capacity', 'предел', 'лимит'],
  is_active: ['active', 'is_active', 'на линии', 'активен'],
  tags: ['tags', 'tag', 'skills', 'skill', 'умения', 'умение', 'навыки', 'теги', 'тег'],
};
/** The last rows of a report, ours and those of spreadsheets: sums, and the contacts that nobody has had; not people. */
const TOTALS = [
  ...['итого', 'всего', 'итог', 'общий итог', 'промежуточный итог', 'никто'],
  ...['total', 'totals', 'sum', 'grand total', 'subtotal', 'nobody'],
].map(nameKey);
/** Value of a cell whose formula has no value. */
export const NO_VALUE = '#N/A';
/** Errors of a spreadsheet, in English and Russian. */
const ERROR = /^#(N\/A|REF!|DIV\/0!|VALUE!|NAME\?|NUM!|NULL!|CALC!|SPILL!|GETTING_DATA|Н\/Д|ССЫЛКА!|ДЕЛ\/0!|ЗНАЧ!|ИМЯ\?|ЧИСЛО!|ПУСТО!|ВЫЧИСЛ!|ПЕРЕНОС!)$/i;
/** Words for yes; Russian spreadsheets write `ИСТИНА`. */
const YES = ['1', 'yes', 'y', 'true', 'on', 'да', 'истина', 'вкл', '+'];
/** Reasons for being off line, as written in the activity cell. */
const REASONS: Readonly<Record<InactiveReason, readonly string[]>> = {
  break: ['break', 'on break', 'on a break', 'перерыв', 'на перерыве'],
  lunch: ['lunch', 'at lunch', 'обед', 'на обеде'],
  training: ['training', 'in training', 'обучение', 'на обучении'],
  sick: ['sick', 'ill', 'sick leave', 'on sick leave', 'болен', 'больна', 'болеет', 'больничный', 'на больничном'],
  no_answer: ['not answering', 'не отвечает'],
  closing: ['finishing', 'завершает смену'],
  shift_over: ['shift over', 'смена окончена'],
  off: ['off shift', 'not on shift', 'не на смене', 'выходной'],
};
/** As the table of operators shows it when there are none. */
const NO_TAGS = ['-', '–', '—'];
const NO = ['0', 'no', 'n', 'false', 'off', 'нет', 'ложь', 'выкл', '-', '–', '—'];

// biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are removed
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;
/** Normalises a cell as a person reads it: invisible characters, unusual spaces and line breaks make no difference. */
const wordsOf = (text: string): string => cleanName(unwrapped(text).replaceAll(UNSEEN, '').toWellFormed());

/** `="007"`: written by programs so that a spreadsheet does not convert the text. */
const unwrapped = (text: string): string => /^="([^"]*)"$/.exec(text.trim())?.[1] ?? text;

/** Index of the header row with names; -1: none. */
export const headIn = (table: Table): number => table.slice(0, HEAD_WITHIN).findIndex((row) => row.some((text) => NAME_COLUMNS.includes(headKey(text))));

const NAME_COLUMNS = [...columns.full_name, ...columns.given_name, ...columns.surname];

/** A column's name without the suffixes that forms add: `Имя*`, `Лимит (не больше)`, `Имя:`. */
const headKey = (text: string): string => nameKey(wordsOf(text)).replace(/(?:\s*(?:\*|:|\([^()]*\)))+$/u, '');

/** Surname, name and patronymic as one name. A name of several words may already contain the others. */
function nameOf(parts: readonly string[]): string {
  const words = nameKey(parts[1] ?? '').split(' ');
  return wordsOf(parts.filter((part, n) => n === 1 || words.length === 1 || !words.includes(nameKey(part))).join(' '));
}

/** The tags in a cell, separated by commas or semicolons; a dash: none. Undefined: the cell is blank. Null: they are too long or too many. */
function tagsOf(text: string): string[] | undefined | null {
  if (text === '') return undefined;
  if (NO_TAGS.includes(text)) return [];
  return tagsInput.safeParse(text.split(/[,;]/).flatMap((one) => one.trim() || [])).data ?? null;
}

/** Finds the header and parses every row below it. @param board the sources that columns can name */
export function readTable(table: Table, board: Pick<Board, 'sources'>): Read {
  const headAt = headIn(table);
  if (headAt === -1) return { kind: 'no_name_column' };
  const head = (table[headAt] ?? []).map(nameKey);
  const body = table.slice(headAt + 1);
  const sources = new Map(
    Object.values(board.sources)
      .filter((source) => !source.is_archived)
      .flatMap((source) => [[nameKey(defused(source.name)), source] as const, [nameKey(source.name), source] as const]),
  );
  const plain = (table[headAt] ?? []).map((text, column) => (sources.has(head[column] ?? '') ? '' : headKey(text)));
  const at = (names: readonly string[]) => {
    const exact = head.findIndex((text) => names.includes(text));
    return exact === -1 ? plain.findIndex((text) => names.includes(text)) : exact;
  };
  const place = {
    surname: at(columns.surname),
    name: at(columns.full_name) === -1 ? at(columns.given_name) : at(columns.full_name),
    patronymic: at(columns.patronymic),
    max_load: at(columns.max_load),
    is_active: at(columns.is_active),
    tags: at(columns.tags),
  };
  const weightColumns = head.flatMap((text, column) => {
    const source = sources.get(text);
    return source && !Object.values(place).includes(column) ? [{ column, source }] : [];
  });
  const ours = new Set([...Object.values(place), ...weightColumns.map(({ column }) => column)]);
  const twice = head.findIndex((text, column) => head.indexOf(text) < column && ours.has(column));
  if (twice !== -1) return { kind: 'column_twice', name: wordsOf(table[headAt]?.[twice] ?? '') };
  const unknown = (table[headAt] ?? []).map(wordsOf).filter((text, column) => text !== '' && !ours.has(column));
  const seen = new Set<string>();
  const totals: number[] = [];
  const rows = body.flatMap((cells, nth): ImportRow[] => {
    if (cells.every((cell) => wordsOf(cell) === '')) return [];
    const cell = (column: number) => wordsOf(cells[column] ?? '');
    const problems: RowProblem[] = [];
    const name = nameOf([place.surname, place.name, place.patronymic].map((column) => wordsOf(withoutGuards(cell(column)))));
    if (TOTALS.includes(nameKey(name).replace(/:$/, ''))) {
      totals.push(headAt + nth + 2);
      return [];
    }
    const failed = [...Object.values(place), ...weightColumns.map(({ column }) => column)].map(cell).find((text) => ERROR.test(text));
    if (failed !== undefined) problems.push({ kind: 'no_value', text: failed });
    else if (name === '') problems.push({ kind: 'no_name', text: '' });
    else if (name.length > NAME_MAX) problems.push({ kind: 'name_long', text: name.slice(0, 30) });
    else if (seen.has(nameKey(name))) problems.push({ kind: 'twice', text: name });
    seen.add(nameKey(name));
    const limit = cell(place.max_load);
    const max_load = wholeIn(limit, MAX_LOAD_MAX);
    if (limit !== '' && max_load === undefined && !ERROR.test(limit)) problems.push({ kind: 'bad_limit', text: limit });
    const active = nameKey(cell(place.is_active));
    const inactive_reason = inactiveReasons.find((reason) => REASONS[reason].includes(active));
    const is_active = YES.includes(active) ? true : NO.includes(active) || inactive_reason ? false : undefined;
    if (active !== '' && is_active === undefined && !ERROR.test(active)) problems.push({ kind: 'bad_active', text: active });
    const given = withoutGuards(cell(place.tags));
    const tags = tagsOf(given);
    if (tags === null && !ERROR.test(given)) problems.push({ kind: 'bad_tags', text: given });
    const weights: { source_id: number; weight: number }[] = [];
    for (const { column, source } of weightColumns) {
      const text = cell(column);
      if (text === '') continue;
      const weight = wholeIn(text, MAX_WEIGHT);
      if (ERROR.test(text)) continue;
      if (weight === undefined) problems.push({ kind: 'bad_weight', text, source: source.name });
      else weights.push({ source_id: source.id, weight });
    }
    const operator = {
      name,
      weights,
      ...(max_load !== undefined && { max_load }),
      ...(is_active !== undefined && { is_active }),
      ...(inactive_reason && { inactive_reason }),
      ...(tags && { tags }),
    };
    return [{ row: headAt + nth + 2, name, problems, operator: problems.length === 0 ? operator : null }];
  });
  if (rows.length === 0) return { kind: 'no_rows' };
  return rows.length > MAX_IMPORT ? { kind: 'too_long' } : { kind: 'read', rows, unknown, totals };
}
