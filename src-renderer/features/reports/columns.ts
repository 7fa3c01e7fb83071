/** Properties of columns. Pure. */
import type { Column } from '#shared/contract/reports.ts';

/** Figures of the statistical test: only for readers who ask for them. */
const isStatistical = ({ key }: Column): boolean => key === 'deviation' || key === 'p_value';

/** Columns to show: an id with its name beside it is only for files. @param inDetail with the figures of the statistical test */
export const isShown = (column: Column, inDetail: boolean): boolean =>
  column.key !== 'operator_id' && column.key !== 'source_id' && column.key !== 'lead_id' && (inDetail || !isStatistical(column));
/** Whether cells of the column are aligned as numbers. */
export const isNumeric = ({ type }: Column): boolean => ['integer', 'number', 'share', 'duration', 'hour'].includes(type);
