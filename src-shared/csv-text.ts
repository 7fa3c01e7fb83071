/** Escapes text for CSV files so that no spreadsheet reads any of it as a formula, whatever separator it assumes. */

/** OWASP's list of characters that begin a formula, including full-width forms; spreadsheets skip blanks before them. */
const FORMULA = /^[\s\0]*[=+\-@＝＋－＠]|^[\t\r\n\0]/;
/** Telephone numbers and other plain numbers are not run as formulas, whatever they begin with. */
const NUMBER = /^[+-]?\d+([.,]\d+)?$/;

const SEPARATOR = /[,;|\t\r\n]/;
/**
 * Positions where a reader of another dialect begins a cell within the text: after a separator or a line break, if a formula or the end of the
 * text follows (the cell then begins with what comes after the text). Such a reader may treat the quotes before it as its own.
 */
const CELL_WITHIN = /(?<=[,;|\t\n]|\r(?!\n))(?=[\s\0"]*(?:[=+\-@＝＋－＠]|$)|"*[\t\0]|"+[\r\n])/g;

/** The apostrophes that `defused` puts within a text of one line. */
const GUARD_WITHIN = /(?<=[,;|])'(?=[\s"]*(?:[=+\-@＝＋－＠]|$))/g;

/** The text of one line that `defused` guarded: its inverse, except for text that has such apostrophes of its own. */
export function withoutGuards(text: string): string {
  const within = text.replaceAll(GUARD_WITHIN, '');
  const plain = [within.replace(/^'/, ''), within].find((one) => defused(one) === text);
  return plain ?? text;
}

/** The text with an apostrophe wherever a cell would begin that a spreadsheet runs. */
export function defused(text: string): string {
  const within = SEPARATOR.test(text) ? text.replace(CELL_WITHIN, "'") : text;
  return FORMULA.test(text) && !NUMBER.test(text) ? `'${within}` : within;
}
