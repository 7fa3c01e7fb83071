/**
 * The result of a benchmark, so that `npm run bench` can put all of them into one table. Each benchmark exports
 * `figures: Figures`, is in the list in `run.ts`, and prints the same figures when it is run by itself.
 */
import { printTable } from './measure.ts';

export interface Figure {
  /** what was measured, under which conditions, in a few words; unique in its file */
  readonly what: string;
  /** NaN: not measurable here; `what` says why */
  readonly figure: number;
  /** `contacts/s`, `ms`, `KB gzip` … ; a ratio of two figures of the same run has none */
  readonly unit: string;
  /** null: no goal, for comparison only */
  readonly goal: Goal | null;
}

export type Goal = { readonly least: number } | { readonly most: number };

/** @param short takes a minute or two, for the table; otherwise as long as a careful measurement needs */
export type Figures = (short: boolean) => Promise<readonly Figure[]>;

/** Null if there is no goal or no figure. */
export function isMet({ figure, goal }: Figure): boolean | null {
  if (goal === null || Number.isNaN(figure)) return null;
  return 'least' in goal ? figure >= goal.least : figure <= goal.most;
}

export function goalText({ goal }: Figure): string {
  if (goal === null) return '';
  return 'least' in goal ? `≥ ${numeral(goal.least)}` : `≤ ${numeral(goal.most)}`;
}

/** With three significant digits. */
export function numeral(figure: number): string {
  if (!Number.isFinite(figure)) return '—';
  const digits = figure === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(figure))));
  return figure.toLocaleString('en', { maximumFractionDigits: Math.min(3, digits) });
}

export function metText(figure: Figure): string {
  if (Number.isNaN(figure.figure)) return 'not measured';
  const met = isMet(figure);
  return met === null ? '' : met ? 'met' : 'not met';
}

export function printFigures(figures: readonly Figure[]): void {
  printTable(
    ['', 'figure', 'unit', 'goal', ''],
    figures.map((one) => [one.what, numeral(one.figure), one.unit, goalText(one), metText(one)]),
  );
}
