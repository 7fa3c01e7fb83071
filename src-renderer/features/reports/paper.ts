/** How tables fit the paper. Pure. */

/** Width of the paper in Reports.module.css (A4 landscape) between its margins, in px. */
export const PAPER_WIDTH = 1046;
/** Its height between its margins, in px. */
export const PAPER_HEIGHT = 703;
/** Type is smaller on paper than on the screen, and so are columns. */
const SCALE = 0.72;
const STEP = 8; // px

/**
 * The columns in as few parts as fit the paper, about equally wide. Each part begins with the first column.
 * @param widthOf width on the screen, in px
 */
export function paperParts<T>(columns: readonly T[], widthOf: (column: T, nth: number) => number): T[][] {
  const [first, ...others] = columns.map((column, nth) => ({ column, width: widthOf(column, nth) * SCALE }));
  if (!first) return [];
  const room = PAPER_WIDTH - first.width;
  const within = (most: number) => {
    const parts: T[][] = [];
    let filled = Number.POSITIVE_INFINITY;
    for (const { column, width } of others) {
      if (filled + width > most) [filled] = [0, parts.push([first.column])];
      parts.at(-1)?.push(column);
      filled += width;
    }
    return parts.length === 0 ? [[first.column]] : parts;
  };
  const fewest = within(room).length;
  let most = others.reduce((sum, { width }) => sum + width, 0) / fewest;
  while (most < room && within(most).length > fewest) most += STEP;
  return within(Math.min(most, room));
}

/** The rows of a chart in as few parts of at most `most` as possible, about equally long: a page cuts what is higher than itself. */
export function chartParts<T>(rows: readonly T[], most: number): T[][] {
  const each = Math.ceil(rows.length / Math.ceil(rows.length / most));
  return Array.from({ length: Math.ceil(rows.length / each) }, (_, nth) => rows.slice(nth * each, (nth + 1) * each));
}
