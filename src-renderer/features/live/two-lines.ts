/** A name this long stays on one line. In characters. */
const SHORT = 14;

/** The width in which a name fits two lines that break between its words, in characters; a short name needs its length. */
export function twoLinesOf(name: string): number {
  if (name.length <= SHORT) return name.length;
  const breaks = [...name.matchAll(/\s+/g)].map(({ 0: gap, index }) => Math.max(index, name.length - index - gap.length));
  return Math.max(SHORT, Math.min(name.length, ...breaks));
}
