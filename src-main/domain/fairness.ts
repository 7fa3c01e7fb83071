/**
 * Is it luck? Somebody takes part in many draws, in each with another probability p; the number of draws that fall on them has the
 * Poisson binomial distribution. Tested two-sided: how likely is a number at least this far out, were every draw honest?
 */

/** Above so much work the distribution is approximated. */
const MOST_STEPS = 2_000_000;
/** With more draws than this it always is. */
const MOST_DRAWS = 20_000;

export class Luck {
  /** Σ p */
  expected = 0;
  /** Σ p (1 - p) */
  variance = 0;
  draws = 0;
  /** Σ p (1 - p) (1 - 2p): the third central moment */
  #third = 0;
  /** each draw's p; null: too many to be exact about */
  #each: number[] | null = [];

  /** So many draws in which the probability was `p`. */
  add(p: number, draws: number): void {
    this.expected += p * draws;
    this.variance += p * (1 - p) * draws;
    this.#third += p * (1 - p) * (1 - 2 * p) * draws;
    this.draws += draws;
    if (this.draws > MOST_DRAWS) this.#each = null;
    for (let n = 0; this.#each && n < draws; n++) this.#each.push(p);
  }

  /**
   * The probability of a number of draws at least as far out as `drawn` on its side, doubled, at most 1. Exact while that is little work, else by the
   * refined normal approximation (Volkova 1996: with continuity correction and a term for the skewness; its error falls as 1 / variance).
   */
  twoSided(drawn: number): number {
    const most = Math.min(this.draws, Math.ceil(this.expected + 12 * Math.sqrt(this.variance) + 20));
    const { atMost, atLeast } = this.#each && this.draws * (most + 1) <= MOST_STEPS ? exactTails(this.#each, drawn, most) : this.#refinedTails(drawn);
    return Math.min(1, 2 * Math.min(atMost, atLeast));
  }

  #refinedTails(drawn: number): Tails {
    const deviation = Math.sqrt(this.variance);
    const skewness = this.#third / deviation ** 3;
    const below = (x: number): number => {
      const density = Math.exp(-x * x * 0.5) / Math.sqrt(2 * Math.PI);
      return Math.min(1, Math.max(0, normalBelow(x) + (skewness * (1 - x * x) * density) / 6));
    };
    return { atMost: below((drawn + 0.5 - this.expected) / deviation), atLeast: 1 - below((drawn - 0.5 - this.expected) / deviation) };
  }
}

interface Tails {
  readonly atMost: number;
  readonly atLeast: number;
}

/** Draw by draw: the probability of each number up to `most`; what is beyond it is as good as impossible. */
function exactTails(each: readonly number[], drawn: number, most: number): Tails {
  const probability = new Float64Array(most + 1);
  probability[0] = 1;
  each.forEach((p, before) => {
    for (let k = Math.min(before + 1, most); k > 0; k--) probability[k] = (probability[k] as number) * (1 - p) + (probability[k - 1] as number) * p;
    probability[0] = (probability[0] as number) * (1 - p);
  });
  const sum = (from: number, to: number) => probability.subarray(from, to).reduce((all, one) => all + one, 0);
  return { atMost: sum(0, drawn + 1), atLeast: drawn > most ? 0 : sum(drawn, most + 1) };
}

/** The standard normal distribution function (Abramowitz and Stegun 26.2.17; the error is below 7.5e-8). */
export function normalBelow(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const polynomial = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (Math.exp(-x * x * 0.5) / Math.sqrt(2 * Math.PI)) * polynomial;
  return x >= 0 ? 1 - tail : tail;
}
