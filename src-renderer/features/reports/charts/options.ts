/** What each report draws. Series are named by the column they show, and have the rows of the table in their order: a click finds its number. Pure. */
import type { Report } from '#shared/contract/reports.ts';
import type { View } from '../address.ts';
import type { Drawing } from './drawing.ts';
import type { Option } from './echarts.ts';
import { fairness, fairnessHeight } from './fairness.ts';
import { heatMap, heatMapHeight } from './heat-map.ts';
import { load } from './load.ts';
import { service } from './service.ts';
import { waits } from './waits.ts';

type Chart = Exclude<View, 'summary'>;

/** in px, for what has rows of its own; null: as high as there is place. */
export function heightOf(view: Chart, report: Report, isBeside: boolean): number | null {
  if (view === 'fairness') return fairnessHeight(report);
  return view === 'heat_map' ? heatMapHeight(isBeside) : null;
}

const options: Readonly<Record<Chart, (drawing: Drawing) => Option>> = { heat_map: heatMap, load, waits, fairness, service };
export const optionOf = (view: Chart, drawing: Drawing): Option => options[view](drawing);
