/** Properties of columns. Pure. */
import type { Column, ColumnKey } from '#shared/contract/reports.ts';

/** Figures of the statistical test: only for readers who ask for them. */
const isStatistical = ({ key }: Column): boolean => key === 'deviation' || key === 'p_value';

const NAMED_BESIDE: ReadonlySet<ColumnKey> = new Set(['operator_id', 'operator_ids', 'source_id', 'lead_id']);

/** Columns to show: an id with its name beside it is only for files. @param inDetail with the figures of the statistical test */
export const isShown = (column: Column, inDetail: boolean): boolean => !NAMED_BESIDE.has(column.key) && (inDetail || !isStatistical(column));
/** Whether cells of the column are aligned as numbers. */
export const isNumeric = ({ type }: Column): boolean => ['integer', 'number', 'share', 'duration', 'hour'].includes(type);
