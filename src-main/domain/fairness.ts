/**
 * Tests whether an operator's share can be chance. An operator takes part in many draws, each with its own probability p. The number of draws won has the
 * Poisson binomial distribution. The test is two-sided: the probability of a result at least this extreme if every draw is fair.
 */

/** Above this amount of work (draws × outcomes) the distribution of one operator is approximated. */
const MOST_STEPS = 2_000_000;
/** Upper bound of the work for all operators that are tested together. */
const STEPS_IN_ALL = 100_000_000;

/** Sums over the draws that one operator took part in. */
export class Luck {
  /** Σ p */
  readonly expected: number;
  /** Σ p (1 - p) */
  readonly variance: number;
  readonly draws: number;
  /** Σ p (1 - p) (1 - 2p): the third central moment */
  readonly #third: number;

  constructor(sums: { readonly expected: number; readonly variance: number; readonly third: number; readonly draws: number }) {
    this.expected = sums.expected;
    this.variance = sums.variance;
    this.draws = sums.draws;
    this.#third = sums.third;
  }

  /** Whether the exact distribution is affordable. @param tested number of operators that share the work limit */
  canBeExact(drawn: number, tested: number): boolean {
    return this.draws * (drawn + 1) <= Math.min(MOST_STEPS, STEPS_IN_ALL / tested);
  }

  /**
   * Two-sided p-value of `drawn`: the probability of its tail, doubled, at most 1. Exact when each draw's p is given, else by the
   * refined normal approximation (Volkova 1996: with continuity correction and a term for the skewness; its error falls as 1 / variance).
   */
  twoSided(drawn: number, each: readonly number[] | null): number {
    const { atMost, atLeast } = each ? exactTails(each, drawn) : this.#refinedTails(drawn);
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

/** Computes the probability of each count up to `drawn`, draw by draw; the upper tail is the remainder. */
function exactTails(each: readonly number[], drawn: number): Tails {
  const probability = new Float64Array(drawn + 1);
  probability[0] = 1;
  each.forEach((p, before) => {
    for (let k = Math.min(before + 1, drawn); k > 0; k--) probability[k] = (probability[k] as number) * (1 - p) + (probability[k - 1] as number) * p;
    probability[0] = (probability[0] as number) * (1 - p);
  });
  const below = probability.subarray(0, drawn).reduce((all, one) => all + one, 0);
  return { atMost: below + (probability[drawn] as number), atLeast: Math.max(0, 1 - below) };
}

/** The standard normal distribution function (Abramowitz and Stegun 26.2.17; the error is below 7.5e-8). */
export function normalBelow(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const polynomial = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (Math.exp(-x * x * 0.5) / Math.sqrt(2 * Math.PI)) * polynomial;
  return x >= 0 ? 1 - tail : tail;
}
