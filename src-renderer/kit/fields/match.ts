/** Finds things by typed text: parts of words in any of their names, tolerating the wrong keyboard layout and typos. Pure. */

export interface Findable {
  /** all names to search by, the displayed one first */
  readonly names: readonly string[];
}

const LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";
const CYRILLIC = 'йцукенгшщзхъфывапролджэячсмитьбюё';

/** The text that the same keys type in the other layout: `ghbdtn` ↔ `привет`. */
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

/** Match rank of a name: 0 it starts with the text, 1 its words do, 2 it contains the text; null: no match. */
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

/** Typos tolerated in a word: none in a short one, where nearly everything would match. */
const slipsIn = (word: string): number => (/\d/.test(word) || word.length < 4 ? 0 : word.length < 8 ? 1 : 2);

/**
 * Minimum number of typos (a letter omitted, inserted, changed, or two swapped) between the text and a prefix of `word`:
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

/** Typos of all words together; null: too many. */
function slipsOf(name: string, words: readonly string[]): number | null {
  let all = 0;
  for (const typed of words) {
    const fewest = Math.min(...name.split(/[\s:]+/).map((word) => slips(typed, word)));
    if (fewest > slipsIn(typed)) return null;
    all += fewest;
  }
  return all;
}

/** Matches in the other layout rank below all matches as typed. */
const WRONG_LAYOUT = 3;

/** The `limit` nearest by the rank that `far` gives a name for the typed words; ties keep the order of `items`. */
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

/** The best `limit` items that contain all words of `text`. */
export const find = <T extends Findable>(items: readonly T[], text: string, limit: number): T[] => nearest(items, text, limit, distance);

/** Suggestions for a mistyped `text`, fewest typos first. */
export const findSimilar = <T extends Findable>(items: readonly T[], text: string, limit: number): T[] => nearest(items, text, limit, slipsOf);

/** Items whose names contain all words of `text`, in their own order; all of them when it is blank. */
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
