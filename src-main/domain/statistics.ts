/** Percentiles, means and grouping of large number sets. */

/**
 * Nearest-rank percentile: the smallest value that at least the share `p` (0 < p ≤ 1) of the values does not exceed. Null when there are no values.
 * Reorders `values`. Expected linear time (Hoare's selection).
 */
export function percentile(values: Float64Array, p: number): number | null {
  if (values.length === 0) return null;
  const k = Math.max(0, Math.ceil(p * values.length) - 1);
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const pivot = values[(low + high) >>> 1] as number;
    let [i, j] = [low, high];
    while (i <= j) {
      while ((values[i] as number) < pivot) i++;
      while ((values[j] as number) > pivot) j--;
      if (i > j) break;
      const swapped = values[i] as number;
      values[i++] = values[j] as number;
      values[j--] = swapped;
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else break;
  }
  return values[k] as number;
}

/** A growing list of numbers, each with its group. */
export class Grouped {
  readonly #groups: number;
  #group: Int32Array;
  #value: Float64Array;
  #size = 0;

  /**
   * @param groups number of groups, numbered 0 … groups - 1
   * @param room initial capacity
   */
  constructor(groups: number, room = 0) {
    this.#groups = groups;
    this.#group = new Int32Array(Math.ceil(room) + 16);
    this.#value = new Float64Array(Math.ceil(room) + 16);
  }

  add(group: number, value: number): void {
    if (this.#size === this.#value.length) {
      const [groups, values] = [new Int32Array(this.#size * 2), new Float64Array(this.#size * 2)];
      groups.set(this.#group);
      values.set(this.#value);
      [this.#group, this.#value] = [groups, values];
    }
    this.#group[this.#size] = group;
    this.#value[this.#size++] = value;
  }

  /** All numbers. */
  all(): Float64Array {
    return this.#value.slice(0, this.#size);
  }

  /** The numbers of each group. */
  byGroup(): Float64Array[] {
    const ends = new Int32Array(this.#groups);
    for (let i = 0; i < this.#size; i++) ends[this.#group[i] as number] = (ends[this.#group[i] as number] as number) + 1;
    let sum = 0;
    const starts = ends.map((count) => {
      const start = sum;
      sum += count;
      return start;
    });
    const sorted = new Float64Array(this.#size);
    const next = starts.slice();
    for (let i = 0; i < this.#size; i++) {
      const group = this.#group[i] as number;
      const place = next[group] as number;
      sorted[place] = this.#value[i] as number;
      next[group] = place + 1;
    }
    return Array.from(starts, (start, group) => sorted.subarray(start, next[group]));
  }
}

/** Mean, 90th percentile and maximum; null when there are no values. Reorders `values`. */
export function spread(values: Float64Array): { average: number | null; p90: number | null; longest: number | null } {
  let [sum, longest] = [0, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    sum += value;
    if (value > longest) longest = value;
  }
  if (values.length === 0) return { average: null, p90: null, longest: null };
  return { average: sum / values.length, p90: percentile(values, 0.9), longest };
}
