/** What is known of a column before it is drawn. Pure. */
import type { Column } from '#shared/contract/reports.ts';

/** Which columns are shown: an id whose name stands beside it is for files. */
export const isShown = ({ key }: Column): boolean => key !== 'operator_id' && key !== 'source_id' && key !== 'lead_id';
export const isNumeric = ({ type }: Column): boolean => ['integer', 'number', 'share', 'duration', 'hour'].includes(type);
