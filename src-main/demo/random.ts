/** Reproducible random numbers: the same seed gives the same sequence. Suitable for the demo, not for secrets or draws. */

/** Returns a number x, 0 ≤ x < 1. */
export type Random = () => number;

/** mulberry32 (Tommy Ettinger): one 32-bit word of state, a separate stream for each seed. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** An integer from `least` to `most`, inclusive. */
export function between(random: Random, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1));
}

/** One of the items, each equally likely. @throws Error when there are none */
export function oneOf<T>(random: Random, items: readonly T[]): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('there is nothing to choose from');
  return item;
}

/** One of the items, with probability proportional to its share. */
export function byShare<T extends { readonly share: number }>(random: Random, items: readonly T[]): T {
  let rest = random() * items.reduce((sum, item) => sum + item.share, 0);
  for (const item of items) {
    rest -= item.share;
    if (rest < 0) return item;
  }
  throw new Error('there is nothing to choose from');
}

/** Time until the next event of a Poisson process with mean interval `mean`, in the same unit. */
export function untilNext(random: Random, mean: number): number {
  return -Math.log(1 - random()) * mean;
}
