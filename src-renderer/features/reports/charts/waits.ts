/** Distribution of waits in classes, with contacts that still wait on top. Pure. */
import { columnOf, type Drawing, lines } from './drawing.ts';
import type { Option } from './echarts.ts';
import { axisOf, base, below, countAxis, hatched, tooltipOf } from './parts.ts';

/** One word per line, numbers kept with their units: nothing else fits below a bar. */
const inLines = (name: string): string => name.replaceAll(/ (?=\d)/g, '\n').replace(/^([^\d\n]+) (?=[^\d\n]+$)/, '$1\n');

/** Number of contacts by how long they waited. */
export function waits(drawing: Drawing): Option {
  const { report, writer, colors, t } = drawing;
  const column = columnOf(report);
  const write = writer.roundTime;
  const [from, to, received, waiting] = [column('wait_from'), column('wait_to'), column('received'), column('waiting')];
  const names = from.map((least, row) => {
    if (least === 0) return t('at_once');
    const most = to[row];
    return most === null ? t('wait_more', { from: write(Number(least)) }) : t('wait_below', { to: write(Number(most)) });
  });
  const axis = axisOf(drawing);
  const label = { show: true, position: 'top' as const, color: colors.dim, fontFamily: colors.font };
  return {
    ...base(drawing),
    tooltip: { ...tooltipOf(drawing), trigger: 'axis', axisPointer: { type: 'shadow' }, formatter: lines(drawing, names, ['received', 'share', 'waiting']) },
    ...below(drawing, [t('taken_or_closed'), writer.heading('waiting')]),
    xAxis: { type: 'category', data: names, ...axis, axisLabel: { ...axis.axisLabel, interval: 0, lineHeight: 14, formatter: inLines } },
    yAxis: countAxis(drawing),
    series: [
      {
        id: 'received',
        name: t('taken_or_closed'),
        type: 'bar',
        stack: 'all',
        color: colors.bar,
        data: received.map((value, row) => Number(value) - Number(waiting[row])),
        label: {
          ...label,
          formatter: (params) =>
            Number(received[params.dataIndex]) > 0 && Number(waiting[params.dataIndex]) === 0 ? writer.count(Number(received[params.dataIndex])) : '',
        },
      },
      {
        id: 'waiting',
        name: writer.heading('waiting'),
        type: 'bar',
        stack: 'all',
        color: colors['warn-mark'],
        itemStyle: hatched(colors),
        data: waiting.map(Number),
        label: { ...label, formatter: (params) => (Number(params.value) > 0 ? writer.count(Number(received[params.dataIndex])) : '') },
      },
    ],
  };
}
