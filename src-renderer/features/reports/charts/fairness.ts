/** For each operator, the drawn share beside the expected one, and the outcome of the draws it could have been in. Pure. */
import type { ColumnKey, Report } from '#shared/contract/reports.ts';
import { columnOf, type Drawing, labels, lines } from './drawing.ts';
import type { Option } from './echarts.ts';
import { axisOf, BUTTON, base, countAxis, crossed, EDGE, hatched, legendHeight, legendOf, tooltipOf } from './parts.ts';

const BAR_WIDTH = 12;
const ROW_OF_BARS = 30;

/** in px: rows have a fixed height */
export const fairnessHeight = ({ table }: Report): number => table.rows.length * ROW_OF_BARS + 96;

/** Left, bars of drawn and expected shares; right, how the draws of each operator's sources went for it. */
export function fairness(drawing: Drawing): Option {
  const { report, whole, writer, colors } = drawing;
  const column = columnOf(report);
  const all = columnOf(whole);
  const names = labels(drawing, 1);
  const axis = axisOf(drawing);
  const bar = (key: ColumnKey, color: string, style = {}, stack?: string) => ({
    id: key,
    name: writer.heading(key),
    type: 'bar' as const,
    data: column(key).map(Number),
    color,
    itemStyle: style,
    barMaxWidth: BAR_WIDTH,
    ...(stack && { stack, xAxisIndex: 1, yAxisIndex: 1 }),
  });
  const rows = {
    type: 'category' as const,
    data: names,
    inverse: true,
    ...axis,
    axisLabel: { ...axis.axisLabel, color: colors.text, width: Math.min(260, Math.max(120, drawing.width / 8)), overflow: 'truncate' as const },
  };
  const shares: ColumnKey[] = ['drawn_share', 'expected_share', 'weight_share', 'verdict'];
  const draws: ColumnKey[] = ['eligible', 'passed_full', 'passed_inactive', 'passed_zero_weight', 'nobody_eligible'];
  const mostDraws = Math.max(0, ...whole.table.rows.map((_, row) => draws.slice(0, 4).reduce((sum, key) => sum + Number(all(key)[row]), 0)));
  const half = Math.round(drawing.width / 2);
  const ofShares = { left: 8, width: half - EDGE };
  const ofDraws = { left: half, width: Math.max(0, half - BUTTON) };
  const [shareNames, drawNames] = [shares.slice(0, 2).map(writer.heading), draws.slice(0, 4).map(writer.heading)];
  const top = Math.max(legendHeight(drawing, shareNames, ofShares), legendHeight(drawing, drawNames, ofDraws)) + 8;
  return {
    ...base(drawing),
    legend: [legendOf(drawing, shareNames, ofShares), legendOf(drawing, drawNames, ofDraws)],
    tooltip: { ...tooltipOf(drawing), trigger: 'axis', axisPointer: { type: 'shadow' }, formatter: lines(drawing, names, [...shares, ...draws]) },
    grid: [
      { top, right: half + EDGE, bottom: 8, left: EDGE, outerBoundsMode: 'same' },
      { top, right: 24, bottom: 8, left: half, outerBoundsMode: 'same' },
    ],
    xAxis: [
      {
        type: 'value',
        ...axis,
        position: 'top',
        dataMax: Math.max(0, ...[...all('drawn_share'), ...all('expected_share')].map(Number)),
        axisLabel: { ...axis.axisLabel, formatter: writer.share },
      },
      { ...countAxis(drawing), gridIndex: 1, position: 'top', dataMax: mostDraws },
    ],
    yAxis: [rows, { ...rows, gridIndex: 1, axisLabel: { show: false } }],
    series: [
      bar('drawn_share', colors.accent),
      bar('expected_share', colors.control, hatched(colors)),
      bar('eligible', colors.bar, {}, 'draws'),
      bar('passed_full', colors['warn-mark'], hatched(colors), 'draws'),
      bar('passed_inactive', colors.control, {}, 'draws'),
      bar('passed_zero_weight', colors.dim, crossed(colors), 'draws'),
    ],
  };
}
