import { even } from './strategies/even.ts';
import { leastLoad } from './strategies/least-load.ts';
import { leastShare } from './strategies/least-share.ts';
import { longestIdle } from './strategies/longest-idle.ts';
import { weighted } from './strategies/weighted.ts';
import type { Memory, Strategy } from './strategy.ts';

const all = {
  weighted,
  even,
  least_load: leastLoad,
  least_share: leastShare,
  longest_idle: longestIdle,
};

export type StrategyName = keyof typeof all;

/** All strategies by the name that rules call them. `strategies.test.ts` tests the rules that each of them must satisfy. */
export const strategies: Readonly<Record<StrategyName, Strategy>> = all;

export const strategyNames = Object.keys(all) as [StrategyName, ...StrategyName[]]; // a record of them

/** A strategy with keys: some candidates come before others. */
type KeyedStrategy = { [Name in StrategyName]: (typeof all)[Name]['key'] extends null ? never : Name }[StrategyName];
export const hasKeys = (name: StrategyName): name is KeyedStrategy => strategies[name].key !== null;

/** What the keys of a strategy depend on besides the table. */
export const readsOf = (name: StrategyName): keyof Memory | undefined => strategies[name].reads;

/** Whether the weights decide which share of the contacts each gets; under the other strategies they only decide among equals. */
export const givesShares = (name: StrategyName): boolean => !hasKeys(name) || strategies[name].entitlesByWeight === true;
