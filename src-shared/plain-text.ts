/** Text as a person sees it: invisible characters and unusual spaces make no difference. */

/** Invisible characters: those that Unicode lets a renderer ignore, the blank Braille pattern, and interlinear marks. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb]/gu;
/** Joiners and variation selectors change how the characters beside them look. */
const JOINERS = new Set(['\u200c', '\u200d']);
const SELECTORS = new Set(['\ufe0e', '\ufe0f']);
/** Scripts whose letters join or select nothing. */
const APART = /[\s\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u;
const ASCII = /^[ -~]*$/;

/** Removes invisible characters. */
export const withoutInvisible = (text: string): string => (ASCII.test(text) ? text : text.replaceAll(INVISIBLE, ''));

/** A name as it is stored: visible characters with single spaces between words. Empty when no character is visible. */
export function cleanName(text: string): string {
  const visible = ASCII.test(text) ? text : text.replaceAll(INVISIBLE, joinerBetween).normalize('NFC');
  return withoutInvisible(visible).trim() === '' ? '' : visible.replaceAll(/\s+/gu, ' ').trim();
}

/** A joiner stays where it joins something. */
function joinerBetween(character: string, at: number, text: string): string {
  const before = text.charAt(at - 1);
  const after = text.charAt(at + 1);
  const joins = SELECTORS.has(character) || (JOINERS.has(character) && after.trim() !== '');
  return joins && before !== '' && !APART.test(before) ? character : '';
}

const LATIN = 'aceopxyktmhbijs';
const CYRILLIC = 'асеорхуктмнвіјѕ';
const TO_CYRILLIC = new Map(Array.from(LATIN, (letter, n) => [letter, CYRILLIC.charAt(n)]));
const TO_LATIN = new Map(Array.from(CYRILLIC, (letter, n) => [letter, LATIN.charAt(n)]));
/** Letters of Greek, Armenian and Cherokee that stand for a Latin one in a word that is not of their script. */
const AS_LATIN = new Map(Array.from('αεικνορτυχϲϳօոսհꭵ', (letter, n) => [letter, 'aeiknoptuxcjonuhi'.charAt(n)]));
const WORD = /[\p{L}\p{M}]+/gu;
const EITHER = /[\p{Script=Latin}\p{Script=Cyrillic}]/u;

const lettersOf = (word: string, script: RegExp): number => word.match(script)?.length ?? 0;

/** A word in which no letter of a further script looks like one of these two. */
const withoutStrangers = (word: string): string => (EITHER.test(word) ? Array.from(word, (letter) => AS_LATIN.get(letter) ?? letter).join('') : word);

/** In a word that mixes both scripts, look-alike letters count as letters of the prevailing script: a Latin `A` in `Анна` is a Cyrillic one. */
function inOneScript(word: string): string {
  const [latin, cyrillic] = [lettersOf(word, /\p{Script=Latin}/gu), lettersOf(word, /\p{Script=Cyrillic}/gu)];
  if (latin === 0 || cyrillic === 0) return word;
  const looks = [TO_CYRILLIC, TO_LATIN].map((letters) => Array.from(word, (letter) => letters.get(letter) ?? letter).join(''));
  const isPure = (text: string) => lettersOf(text, /\p{Script=Latin}/gu) === 0 || lettersOf(text, /\p{Script=Cyrillic}/gu) === 0;
  return (latin > cyrillic ? looks.reverse() : looks).find(isPure) ?? word;
}

/** In a name of both scripts, a word whose letters all look like those of the script that most letters have counts as one of that script: a Latin `K` in `Владимир K`. */
function asItsNeighbours(name: string): string {
  const [latin, cyrillic] = [lettersOf(name, /\p{Script=Latin}/gu), lettersOf(name, /\p{Script=Cyrillic}/gu)];
  if (latin === 0 || cyrillic === 0) return name;
  const [letters, other] = latin > cyrillic ? [TO_LATIN, /\p{Script=Cyrillic}/gu] : [TO_CYRILLIC, /\p{Script=Latin}/gu];
  return name.replaceAll(WORD, (word) => {
    const look = Array.from(word, (letter) => letters.get(letter) ?? letter).join('');
    return lettersOf(look, other) === 0 ? look : word;
  });
}

/** Apostrophes and hyphens that keyboards, phones and word processors write. Compatibility forms would make some of them blanks. */
const APOSTROPHES = /[`\u00b4\u02b9\u02bb-\u02bd\u2018\u2019\u201b\u2032\u055a\u05f3\uff07]/gu;
const HYPHENS = /[\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d]/gu;

/**
 * The form in which names must be unique, in the console and in the database: two names that look the same have the same key.
 * Spaces, letter case, compatibility forms, invisible characters, kinds of apostrophes and hyphens, and letters that look like those around them make no difference.
 */
export function nameKey(name: string): string {
  const marked = ASCII.test(name) && !name.includes('`') ? name : name.replaceAll(APOSTROPHES, "'").replaceAll(HYPHENS, '-');
  const folded = withoutInvisible(marked.normalize('NFKC')).normalize('NFKC').toLowerCase().replaceAll('i\u0307', 'i').replaceAll(/\s+/gu, ' ').trim();
  return ASCII.test(folded) ? folded : asItsNeighbours(folded.replaceAll(WORD, (word) => inOneScript(withoutStrangers(word))));
}
