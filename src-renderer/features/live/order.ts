/** In which order the live screen shows the operators of a group: by name, or by a chosen value. */
import { create } from 'zustand';
import { assignedOn, type BoardOperator } from '#shared/board.ts';

export const orders = ['name', 'load', 'today', 'last'] as const;
export type Order = (typeof orders)[number];
const KEPT_AS = 'switchyard.live_order';

/** The reader's choice, kept in this browser. */
export const useOrder = create<{ readonly order: Order }>(() => ({ order: orders.find((name) => name === localStorage.getItem(KEPT_AS)) ?? 'name' }));

export function orderBy(order: Order): void {
  localStorage.setItem(KEPT_AS, order);
  useOrder.setState({ order });
}

const fullness = ({ load, max_load }: BoardOperator): number => (max_load === 0 ? 1 : load / max_load);

/** A smaller rank is higher up: the fullest, the busiest today, the longest without a contact. */
function rank(operator: BoardOperator, order: Order, day: string): number {
  switch (order) {
    case 'name':
      return 0;
    case 'load':
      return -fullness(operator);
    case 'today':
      return -assignedOn(operator, day);
    case 'last':
      return operator.last_assigned_at ?? 0;
  }
}

/** @param ids sorted by name; equal operators stay in that order */
export function inOrder(ids: readonly number[], operators: Readonly<Record<number, BoardOperator>>, order: Order, day: string): readonly number[] {
  if (order === 'name') return ids;
  const places = ids.flatMap((id) => {
    const operator = operators[id];
    return operator ? [{ id, rank: rank(operator, order, day) }] : [];
  });
  return places.sort((a, b) => a.rank - b.rank).map(({ id }) => id);
}
