/** Heat map of arrivals: a cell for each hour of each weekday, darker for more contacts. Pure. */
import { mixed, readable } from './colors.ts';
import { columnOf, type Drawing, rowIn, writing } from './drawing.ts';
import type { Option } from './echarts.ts';
import { axisOf, BUTTON, base, EDGE, tooltipOf } from './parts.ts';

/** height of its seven rows, in px */
export const heatMapHeight = (isBeside: boolean): number => 7 * (isBeside ? 44 : 28) + 44;

/** Contacts by hour and weekday, darker for more. */
export function heatMap(drawing: Drawing): Option {
  const { report, writer, colors } = drawing;
  const column = columnOf(report);
  const [weekdays, hours, received] = [column('weekday'), column('hour'), column('received')];
  const most = Math.max(1, ...received.map(Number));
  const days = [...new Set(weekdays.map(Number))];
  const times = [...new Set(hours.map(Number))];
  const data = received.map((value, row) => {
    const ground = mixed(colors['bar-track'], colors.accent, Number(value) / most);
    return {
      value: [times.indexOf(Number(hours[row])), days.indexOf(Number(weekdays[row])), Number(value)],
      itemStyle: { color: ground, borderColor: colors.surface, borderWidth: 1 },
      label: { color: readable(ground, colors.text, colors['on-accent']) },
    };
  });
  const axis = axisOf(drawing);
  const write = writing(drawing)('received');
  const perHour = column('per_hour');
  const writeRate = writing(drawing)('per_hour');
  return {
    ...base(drawing),
    tooltip: {
      ...tooltipOf(drawing),
      formatter: (params: unknown) => {
        const row = rowIn(params);
        return [
          `${writer.weekday(Number(weekdays[row]))}, ${writer.hour(Number(hours[row]))}`,
          `${writer.heading('received')}: ${write(received[row])}`,
          `${writer.heading('per_hour')}: ${writeRate(perHour[row])}`,
        ].join('\n');
      },
    },
    grid: { top: 4, right: BUTTON, bottom: 8, left: EDGE, outerBoundsMode: 'same' },
    visualMap: { show: false, min: 0, max: most, inRange: { color: [colors['bar-track'], colors.accent] } },
    xAxis: { type: 'category', data: times.map((hour) => writer.hour(hour).slice(0, 2)), ...axis, position: 'bottom' },
    yAxis: { type: 'category', data: days.map(writer.weekday), inverse: true, ...axis },
    series: [
      {
        id: 'received',
        type: 'heatmap',
        data,
        label: { show: true, fontFamily: colors.font, fontSize: 11, formatter: (params) => write(received[params.dataIndex]) },
        emphasis: { itemStyle: { borderColor: colors.text } },
      },
    ],
  };
}
