/** Text in CSV files: no spreadsheet takes any of it for a formula, whatever separator it believes in. */

/** OWASP's list of what begins a formula, full-width forms included; spreadsheets pass over blanks before it. */
const FORMULA = /^[\s\0]*[=+\-@＝＋－＠]|^[\t\r\n\0]/;
/** Telephone numbers and other plain numbers are not run, whatever they begin with. */
const NUMBER = /^[+-]?\d+([.,]\d+)?$/;

const SEPARATOR = /[,;|\t\r\n]/;
/**
 * Where a reader of another dialect begins a cell within the text: after a separator or a line break, when a formula follows, or nothing more
 * (then the cell begins with what follows the text). Such a reader may take the quotes before it for its own.
 */
const CELL_WITHIN = /(?<=[,;|\t\n]|\r(?!\n))(?=[\s\0"]*(?:[=+\-@＝＋－＠]|$)|"*[\t\0]|"+[\r\n])/g;

/** The text with an apostrophe wherever a cell would begin that a spreadsheet runs. */
export function defused(text: string): string {
  const within = SEPARATOR.test(text) ? text.replace(CELL_WITHIN, "'") : text;
  return FORMULA.test(text) && !NUMBER.test(text) ? `'${within}` : within;
}
