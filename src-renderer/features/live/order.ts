/** Which operators the live screen shows, and in which order: by name, or by a chosen column. */
import { create } from 'zustand';
import { takesRank } from '#link/derive.ts';
import { assignedOn, type Board, type BoardOperator } from '#shared/board.ts';

const columns = ['name', 'load', 'today', 'last', 'active'] as const;
export type Column = (typeof columns)[number];

export interface Order {
  readonly by: Column;
  /** in reverse order */
  readonly reversed: boolean;
}

const byName: Order = { by: 'name', reversed: false };
const KEPT_AS = 'switchyard.live_order';

function kept(): Order {
  const [by, reversed] = (localStorage.getItem(KEPT_AS) ?? '').split(' ');
  const column = columns.find((name) => name === by);
  return column ? { by: column, reversed: reversed === 'reversed' } : byName;
}

/** The reader's choice, kept in this browser. */
export const useOrder = create<Order>(kept);

/** Repeated clicks: most notable first, then reversed, then by name. */
export function orderBy(column: Column): void {
  const { by, reversed } = useOrder.getState();
  const next: Order = by !== column ? { by: column, reversed: false } : reversed ? byName : { by, reversed: true };
  localStorage.setItem(KEPT_AS, `${next.by}${next.reversed ? ' reversed' : ''}`);
  useOrder.setState(next);
}

const fullness = ({ load, max_load }: BoardOperator): number => (max_load === 0 ? 1 : load / max_load);

/** A smaller rank is higher up: the fullest, the busiest today, the longest without a contact, the longest off line. */
function rank(operator: BoardOperator, by: Column, day: string): number {
  switch (by) {
    case 'name':
      return 0;
    case 'load':
      return -fullness(operator);
    case 'today':
      return -assignedOn(operator, day);
    case 'last':
      return operator.last_assigned_at ?? 0;
    case 'active':
      return operator.active_changed_at;
  }
}

/** Off-line operators come last, or first when sorting by that. */
const apart = (operator: BoardOperator, { by, reversed }: Order): number =>
  by === 'today' ? 0 : Number(operator.is_active === (by === 'active' && !reversed));

/** @param ids sorted by name; equal operators stay in that order */
export function inOrder(ids: readonly number[], operators: Readonly<Record<number, BoardOperator>>, order: Order, day: string): readonly number[] {
  const places = (order.by === 'name' && order.reversed ? ids.toReversed() : ids).flatMap((id) => {
    const operator = operators[id];
    return operator ? [{ id, apart: apart(operator, order), rank: (order.reversed ? -1 : 1) * rank(operator, order.by, day) }] : [];
  });
  return places.sort((a, b) => a.apart - b.apart || a.rank - b.rank).map(({ id }) => id);
}

/** Who is shown: all, those on line, or those who can take a contact now. */
export const shownSets = ['all', 'on_line', 'can_take'] as const;
export type Shown = (typeof shownSets)[number];
const SHOWN_KEPT_AS = 'switchyard.live_shown';

/** The reader's choice, kept in this browser. */
export const useShown = create<{ readonly shown: Shown }>(() => ({
  shown: shownSets.find((name) => name === localStorage.getItem(SHOWN_KEPT_AS)) ?? 'all',
}));

export function show(shown: Shown): void {
  localStorage.setItem(SHOWN_KEPT_AS, shown);
  useShown.setState({ shown });
}

/** How many operators there are in each set. */
export function countsOf({ operators, weights }: Pick<Board, 'operators' | 'weights'>): Readonly<Record<Shown, number>> {
  const isIn = sets({ weights });
  const counts = { all: 0, on_line: 0, can_take: 0 };
  for (const operator of Object.values(operators)) if (!operator.is_archived) for (const name of shownSets) counts[name] += Number(isIn[name](operator));
  return counts;
}

/** For each set, whether an operator is in it. */
export function sets({ weights }: Pick<Board, 'weights'>): Readonly<Record<Shown, (operator: BoardOperator) => boolean>> {
  const rankOf = takesRank({ weights });
  return { all: () => true, on_line: ({ is_active }) => is_active, can_take: (operator) => rankOf(operator) === 0 };
}
