/** Chart options of each report. Series are named by their column and keep the table's row order, so that a click finds its number. Pure. */
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

/** in px, for charts with rows; null: fills the available height. */
export function heightOf(view: Chart, report: Report, isBeside: boolean): number | null {
  if (view === 'fairness') return fairnessHeight(report);
  return view === 'heat_map' ? heatMapHeight(isBeside) : null;
}

const options: Readonly<Record<Chart, (drawing: Drawing) => Option>> = { heat_map: heatMap, load, waits, fairness, service };
/** The ECharts option of a view. */
export const optionOf = (view: Chart, drawing: Drawing): Option => options[view](drawing);
