/** Properties of columns. Pure. */
import type { Column } from '#shared/contract/reports.ts';

/** Columns to show: an id with its name beside it is only for files. */
export const isShown = ({ key }: Column): boolean => key !== 'operator_id' && key !== 'source_id' && key !== 'lead_id';
/** Whether cells of the column are aligned as numbers. */
export const isNumeric = ({ type }: Column): boolean => ['integer', 'number', 'share', 'duration', 'hour'].includes(type);
