import { ArrowDown, ArrowUp } from 'lucide-react';
import table from '#kit/table/table.module.css';
import type { Column } from '#shared/contract/reports.ts';
import type { Sorting } from './address.ts';
import { isNumeric } from './columns.ts';
import styles from './Reports.module.css';
import { usePrinting } from './usePrinting.ts';

interface SortableHeadProps {
  readonly column: Column;
  readonly heading: string;
  readonly sorting: Sorting | null;
  readonly onSort: (sorting: Sorting | null) => void;
}

/** Repeated clicks: largest first, smallest first, the report's own order. Text starts with A. */
export function SortableHead({ column, heading, sorting, onSort }: SortableHeadProps) {
  const { key } = column;
  const mine = sorting?.key === key ? sorting : null;
  const first = isNumeric(column) && column.type !== 'hour';
  const next = mine === null ? { key, descending: first } : mine.descending === first ? { key, descending: !first } : null;
  const Arrow = mine?.descending ? ArrowDown : ArrowUp;
  const isPrinting = usePrinting();
  const content = (
    <>
      {heading}
      {mine && <Arrow size={12} aria-hidden="true" />}
    </>
  );
  return (
    <th scope="col" className={isNumeric(column) ? table.number : undefined} aria-sort={mine ? (mine.descending ? 'descending' : 'ascending') : 'none'}>
      {isPrinting ? (
        content // a head with buttons is empty on all pages but the first
      ) : (
        <button type="button" className={styles.head} onClick={() => onSort(next)}>
          {content}
        </button>
      )}
    </th>
  );
}
