/** Service level above the number of arrivals, with its target. Pure. */
import { isByTime } from '#shared/contract/reports.ts';
import { columnOf, type Drawing, labels, lines } from './drawing.ts';
import type { Option } from './echarts.ts';
import { axisOf, base, below, countAxis, daysAxis, tooltipOf } from './parts.ts';

/** Share of contacts assigned in time, with the target: a line over time, points of operators or sources. */
export function service(drawing: Drawing): Option {
  const { report, writer, colors, t, target } = drawing;
  const column = columnOf(report);
  const { group_by } = report.query;
  const isTimed = isByTime(group_by);
  const names = labels(drawing, isTimed ? 0 : 1); // an id comes before its name
  const days = daysAxis(drawing, names);
  const axis = axisOf(drawing);
  return {
    ...base(drawing),
    tooltip: { ...tooltipOf(drawing), trigger: 'axis', formatter: lines(drawing, names, ['service_level', 'in_time', 'late', 'received']) },
    ...below(drawing, [writer.heading('received'), writer.heading('service_level')]),
    xAxis: isTimed ? days : { ...days, axisLabel: { ...days.axisLabel, interval: 0, rotate: 45, width: 110, overflow: 'truncate' } },
    yAxis: [
      { type: 'value', min: 0, max: 1, ...axis, axisLabel: { ...axis.axisLabel, formatter: writer.share } },
      { ...countAxis(drawing), splitLine: { show: false } },
    ],
    series: [
      {
        id: 'received',
        name: writer.heading('received'),
        type: 'bar',
        yAxisIndex: 1,
        data: column('received').map(Number),
        color: colors.control,
        itemStyle: { opacity: 0.45 },
        barMaxWidth: 28,
      },
      {
        id: 'service_level',
        name: writer.heading('service_level'),
        type: 'line',
        data: column('service_level').map((value) => (value === null ? '-' : Number(value))),
        color: colors.accent,
        lineStyle: { color: colors.accent, width: isTimed ? 2 : 0 },
        symbol: 'circle',
        symbolSize: 6,
        showSymbol: !isTimed || names.length <= 60,
        ...(target !== null && {
          markLine: {
            symbol: 'none',
            silent: true,
            lineStyle: { color: colors['warn-mark'], type: 'dashed' },
            label: { formatter: t('target', { share: writer.share(target) }), position: 'insideStartTop', color: colors.text, fontFamily: colors.font },
            data: [{ yAxis: target }],
          },
        }),
      },
    ],
  };
}
