/** Sort order of the operators on the live screen: by name, or by a chosen column. */
import { create } from 'zustand';
import { assignedOn, type BoardOperator } from '#shared/board.ts';

const columns = ['name', 'load', 'today', 'last', 'active'] as const;
export type Column = (typeof columns)[number];

export interface Order {
  readonly by: Column;
  /** the other way round */
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
  by === 'name' || by === 'today' ? 0 : Number(operator.is_active === (by === 'active' && !reversed));

/** @param ids sorted by name; equal operators stay in that order */
export function inOrder(ids: readonly number[], operators: Readonly<Record<number, BoardOperator>>, order: Order, day: string): readonly number[] {
  if (order.by === 'name') return order.reversed ? ids.toReversed() : ids;
  const places = ids.flatMap((id) => {
    const operator = operators[id];
    return operator ? [{ id, apart: apart(operator, order), rank: (order.reversed ? -1 : 1) * rank(operator, order.by, day) }] : [];
  });
  return places.sort((a, b) => a.apart - b.apart || a.rank - b.rank).map(({ id }) => id);
}
