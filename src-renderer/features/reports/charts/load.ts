/** Contacts held, capacity, and contacts waiting over time. Pure. */
import type { ColumnKey } from '#shared/contract/reports.ts';
import { columnOf, type Drawing, labels, lines } from './drawing.ts';
import type { Option } from './echarts.ts';
import { base, below, countAxis, daysAxis, tooltipOf } from './parts.ts';

/** Load, capacity and queue over time. */
export function load(drawing: Drawing): Option {
  const { report, writer, colors } = drawing;
  const column = columnOf(report);
  const names = labels(drawing);
  const drawn = ['capacity_average', 'load_average', 'queue_average'] as const;
  const line = (key: ColumnKey, color: string, type: 'solid' | 'dashed' | 'dotted', filled = false) => ({
    id: key,
    name: writer.heading(key),
    type: 'line' as const,
    data: column(key).map((value) => (value === null ? '-' : Number(value))),
    symbol: 'circle',
    symbolSize: 4,
    showSymbol: names.length <= 60,
    color,
    lineStyle: { color, width: 2, type },
    ...(filled && { areaStyle: { color, opacity: 0.15 } }),
    ...(key === 'capacity_average' && { step: 'end' as const }),
  });
  return {
    ...base(drawing),
    tooltip: {
      ...tooltipOf(drawing),
      trigger: 'axis',
      formatter: lines(drawing, names, ['received', 'load_average', 'capacity_average', 'capacity_used', 'queue_average']),
    },
    ...below(drawing, drawn.map(writer.heading), names.at(-1)),
    xAxis: daysAxis(drawing, names),
    yAxis: countAxis(drawing),
    series: [
      line('capacity_average', colors.control, 'dashed'),
      line('load_average', colors.accent, 'solid', true),
      line('queue_average', colors['warn-mark'], 'dotted'),
    ],
  };
}
