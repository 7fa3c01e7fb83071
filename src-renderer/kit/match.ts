/** Finds things by what is typed: parts of words, in any of a thing's names, also when the other keyboard layout was on or a key was missed. Pure. */

export interface Findable {
  /** all by which it may be looked for, the shown one first */
  readonly names: readonly string[];
}

const LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";
const CYRILLIC = 'йцукенгшщзхъфывапролджэячсмитьбюё';

/** What the same keys would have typed in the other layout: `ghbdtn` ↔ `привет`. */
export function otherLayout(text: string): string {
  let other = '';
  for (const letter of text) {
    const [latin, cyrillic] = [LATIN.indexOf(letter), CYRILLIC.indexOf(letter)];
    other += latin >= 0 ? CYRILLIC[latin] : cyrillic >= 0 ? LATIN[cyrillic] : letter;
  }
  return other;
}

const plain = (text: string): string => text.toLowerCase().replaceAll('ё', 'е').trim();
const wordsOf = (text: string): string[] => plain(text).split(/\s+/);

/** How far a name is from what was typed: 0 it begins so, 1 its words do, 2 it is somewhere inside; null: not at all. */
function distance(name: string, words: readonly string[]): number | null {
  let worst = 0;
  for (const word of words) {
    const at = name.indexOf(word);
    if (at === -1) return null;
    const here = at === 0 ? 0 : name.includes(` ${word}`) ? 1 : 2;
    worst = Math.max(worst, here);
  }
  return worst;
}

/** So many slips are forgiven in a word: none in a short one, where nearly everything would be near. */
const slipsIn = (word: string): number => (/\d/.test(word) || word.length < 4 ? 0 : word.length < 8 ? 1 : 2);

/**
 * The fewest slips (a letter left out, put in, changed, or two swapped) that make what was typed out of a beginning of `word`:
 * optimal string alignment, https://en.wikipedia.org/wiki/Damerau-Levenshtein_distance
 */
export function slips(typed: string, word: string): number {
  let [before, row] = [[] as number[], Array.from({ length: word.length + 1 }, (_, at) => at)];
  for (let nth = 1; nth <= typed.length; nth++) {
    const next = [nth];
    for (let at = 1; at <= word.length; at++) {
      const same = typed[nth - 1] === word[at - 1] ? 0 : 1;
      let best = Math.min((row[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1, (row[at - 1] ?? 0) + same);
      if (typed[nth - 1] === word[at - 2] && typed[nth - 2] === word[at - 1]) best = Math.min(best, (before[at - 2] ?? 0) + 1);
      next.push(best);
    }
    [before, row] = [row, next];
  }
  return Math.min(...row);
}

/** The slips of all words together; null: not to be forgiven. */
function slipsOf(name: string, words: readonly string[]): number | null {
  let all = 0;
  for (const typed of words) {
    const fewest = Math.min(...name.split(/[\s:]+/).map((word) => slips(typed, word)));
    if (fewest > slipsIn(typed)) return null;
    all += fewest;
  }
  return all;
}

/** A find in the other layout comes after every find as typed. */
const WRONG_LAYOUT = 3;

/** The nearest `limit` by what `far` says of a name and of the words that were typed; the order of `items` decides between equals. */
function nearest<T extends Findable>(items: readonly T[], text: string, limit: number, far: typeof distance): T[] {
  const asTyped = wordsOf(text);
  const switched = wordsOf(otherLayout(text.toLowerCase()));
  const found: { item: T; far: number }[] = [];
  for (const item of items) {
    let least: number | null = null;
    for (const name of item.names.map(plain)) {
      const direct = far(name, asTyped);
      const other = direct === null ? far(name, switched) : null;
      const its = direct ?? (other === null ? null : other + WRONG_LAYOUT);
      if (its !== null && (least === null || its < least)) least = its;
    }
    if (least !== null) found.push({ item, far: least });
  }
  return found
    .sort((a, b) => a.far - b.far)
    .slice(0, limit)
    .map(({ item }) => item);
}

/** The best `limit` of those that contain all words of `text`. */
export const find = <T extends Findable>(items: readonly T[], text: string, limit: number): T[] => nearest(items, text, limit, distance);

/** What may have been meant by a mistyped `text`: the fewest slips first. */
export const findSimilar = <T extends Findable>(items: readonly T[], text: string, limit: number): T[] => nearest(items, text, limit, slipsOf);

/** Those whose names contain all words of `text`, in their own order; all of them when it says nothing. */
export function matching<T>(items: readonly T[], text: string, nameOf: (item: T) => string): readonly T[] {
  if (text.trim() === '') return items;
  return find(
    items.map((item, place) => ({ item, place, names: [nameOf(item)] })),
    text,
    items.length,
  )
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
