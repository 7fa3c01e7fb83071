import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './Live.module.css';
import { type Column, orderBy, useOrder } from './order.ts';

/** Columns whose largest value comes first. */
const fromTheMost: ReadonlySet<Column> = new Set(['load', 'today', 'last']);

/** Head of a column that the operators can be sorted by. */
export function OrderHead({ column, className, children }: { column: Column; className?: string | undefined; children: ReactNode }) {
  const isMine = useOrder(({ by }) => by === column);
  const reversed = useOrder((order) => order.reversed);
  const falls = fromTheMost.has(column) !== reversed;
  const Arrow = falls ? ArrowDown : ArrowUp;
  return (
    <th scope="col" className={className} aria-sort={isMine ? (falls ? 'descending' : 'ascending') : 'none'}>
      <button type="button" className={styles['order-head']} onClick={() => orderBy(column)}>
        {children}
        {isMine && <Arrow size={12} aria-hidden="true" />}
      </button>
    </th>
  );
}
