/** Finds things by what is typed: parts of words, in any of a thing's names, also when the other keyboard layout was on. Pure. */

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

/** A find in the other layout comes after every find as typed. */
const WRONG_LAYOUT = 3;

/** The best `limit` of those that contain all words of `text`, nearest first; the order of `items` decides between equals. */
export function find<T extends Findable>(items: readonly T[], text: string, limit: number): T[] {
  const asTyped = plain(text).split(/\s+/);
  const switched = plain(otherLayout(text.toLowerCase())).split(/\s+/);
  const found: { item: T; distance: number }[] = [];
  for (const item of items) {
    let nearest: number | null = null;
    for (const name of item.names) {
      const said = plain(name);
      const direct = distance(said, asTyped);
      const other = direct === null ? distance(said, switched) : null;
      const its = direct ?? (other === null ? null : other + WRONG_LAYOUT);
      if (its !== null && (nearest === null || its < nearest)) nearest = its;
    }
    if (nearest !== null) found.push({ item, distance: nearest });
  }
  return found
    .sort((a, b) => a.distance - b.distance)
    .slice(0, limit)
    .map(({ item }) => item);
}
