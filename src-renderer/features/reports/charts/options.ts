/** What each report draws. Series are named by the column they show, and have the rows of the table in their order: a click finds its number. Pure. */
import type { Cell, ColumnKey, Report } from '#shared/contract/reports.ts';
import type { View } from '../address.ts';
import type { CellWriter } from '../cells.ts';
import type { Texts } from '../texts.ts';
import { type Colors, mixed, readable } from './colors.ts';
import { type Option, widthOfText } from './echarts.ts';

export interface Drawing {
  readonly report: Report;
  readonly writer: CellWriter;
  readonly colors: Colors;
  readonly t: Texts;
  /** of the service level, 0 … 1; null: there is none */
  readonly target: number | null;
  /** of the place it is drawn in, in px */
  readonly width: number;
  /** what is read aloud instead of it */
  readonly description: string;
}

type Chart = Exclude<View, 'summary'>;

const FONT_SIZE = 12;
const BAR_WIDTH = 12;
const ROW_OF_BARS = 30;
/** Around the drawing, in px; the button that saves it stands at the right of the legend. */
const [EDGE, BUTTON] = [16, 48];
const LEGEND = { itemGap: 10, itemWidth: 22, row: 24, top: 2 };

/** in px, for what has rows of its own; null: as high as there is place. */
export function heightOf(view: Chart, report: Report, isBeside: boolean): number | null {
  if (view === 'fairness') return report.table.rows.length * ROW_OF_BARS + 96;
  return view === 'heat_map' ? 7 * (isBeside ? 44 : 28) + 44 : null;
}

/** A column of the table by its name. */
function columnOf({ table }: Report) {
  const at = new Map(table.columns.map(({ key }, index) => [key, index]));
  return (key: ColumnKey): readonly Cell[] => table.rows.map((row) => row[at.get(key) ?? -1] ?? null);
}

const tooltipOf = ({ colors }: Drawing) => ({
  renderMode: 'richText' as const,
  confine: true,
  backgroundColor: colors.raised,
  borderColor: colors.line,
  textStyle: { color: colors.text, fontFamily: colors.font, fontSize: FONT_SIZE },
  shadowBlur: 0,
});

interface Place {
  readonly left: number;
  readonly width: number;
}

/** Between the left edge and the button. */
const wholeWidth = ({ width }: Drawing): Place => ({ left: 8, width: Math.max(0, width - 8 - BUTTON) });

/** Goes on in the next line where one is full. */
const legendOf = ({ colors }: Drawing, names: readonly string[], place: Place) => ({
  data: [...names],
  ...place,
  top: LEGEND.top,
  itemHeight: 10,
  itemWidth: LEGEND.itemWidth,
  itemGap: LEGEND.itemGap,
  textStyle: { color: colors.text, fontFamily: colors.font, fontSize: FONT_SIZE },
});

/** How high a legend becomes, in px: what is drawn begins below it. */
function legendHeight({ colors }: Drawing, names: readonly string[], { width }: Place): number {
  let [lines, filled] = [1, 0];
  for (const name of names) {
    const item = LEGEND.itemWidth + 6 + widthOfText(name, `${FONT_SIZE}px ${colors.font}`);
    if (filled > 0 && filled + item > width) [lines, filled] = [lines + 1, 0];
    filled += item + LEGEND.itemGap;
  }
  return LEGEND.top + lines * LEGEND.row;
}

function base(drawing: Drawing): Option {
  const { colors, description } = drawing;
  return {
    animation: false,
    textStyle: { fontFamily: colors.font, fontSize: FONT_SIZE, color: colors.text },
    aria: { enabled: true, label: { enabled: true, description } },
    tooltip: tooltipOf(drawing),
  };
}

/**
 * A legend, and the drawing below it with place for the number on top of a bar.
 * @param last name below the scale: half of it reaches beyond the end
 */
function below(drawing: Drawing, names: readonly string[], last = '') {
  const place = wholeWidth(drawing);
  const right = Math.max(24, widthOfText(last, `${FONT_SIZE}px ${drawing.colors.font}`) / 2 + 8);
  return {
    legend: legendOf(drawing, names, place),
    grid: { top: legendHeight(drawing, names, place) + 10, right, bottom: 4, left: EDGE, outerBoundsMode: 'same' as const },
  };
}

const axisOf = ({ colors }: Drawing) => ({
  axisLine: { lineStyle: { color: colors.line } },
  axisTick: { show: false },
  axisLabel: { color: colors.dim, fontFamily: colors.font, fontSize: FONT_SIZE },
  splitLine: { lineStyle: { color: colors['line-soft'] } },
});

/** Its first name reaches below the scale, and stays clear of the scale's zero. */
function daysAxis(drawing: Drawing, names: string[]) {
  const axis = axisOf(drawing);
  return { type: 'category' as const, data: names, ...axis, axisLabel: { ...axis.axisLabel, margin: 13 } };
}

/** Of whole numbers, as the reader writes them. */
function countAxis(drawing: Drawing) {
  const axis = axisOf(drawing);
  return { type: 'value' as const, minInterval: 1, ...axis, axisLabel: { ...axis.axisLabel, formatter: drawing.writer.count } };
}

/** How the numbers of a column are written, in a tooltip. */
function writing({ report, writer }: Drawing) {
  return (key: ColumnKey) => {
    const column = report.table.columns.find((one) => one.key === key);
    return (value: unknown): string => (column && (typeof value === 'number' || typeof value === 'string') ? writer.cell(value, column) : '–');
  };
}

/** The rows by their first column, as the table writes it. */
function labels({ report, writer }: Drawing, at = 0): string[] {
  const column = report.table.columns[at];
  return column ? report.table.rows.map((row) => writer.cell(row[at] ?? null, column)) : [];
}

function heatMap(drawing: Drawing): Option {
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
    grid: { top: 4, right: BUTTON, bottom: 4, left: EDGE, outerBoundsMode: 'same' },
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

const rowIn = (params: unknown): number => (params as { dataIndex: number }).dataIndex; // what ECharts hands to a formatter of items

/** Lines of a tooltip over all series at one row. */
function lines(drawing: Drawing, names: readonly string[], keys: readonly ColumnKey[]) {
  const { report, writer } = drawing;
  const column = columnOf(report);
  const write = writing(drawing);
  const values = keys.map((key) => ({ heading: writer.heading(key), of: column(key), write: write(key) }));
  return (params: unknown): string => {
    const row = rowIn(Array.isArray(params) ? params[0] : params);
    return [names[row] ?? '', ...values.map(({ heading, of, write: said }) => `${heading}: ${said(of[row])}`)].join('\n');
  };
}

function load(drawing: Drawing): Option {
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

/** A word a line, a number with its unit in one: nothing else fits below a bar. */
const inLines = (name: string): string => name.replaceAll(/ (?=\d)/g, '\n').replace(/^([^\d\n]+) (?=[^\d\n]+$)/, '$1\n');

function waits(drawing: Drawing): Option {
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

/** Told apart without colours. */
const hatched = (colors: Colors) => ({ decal: { symbol: 'rect', color: colors.surface, dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -Math.PI / 4 } });
const crossed = (colors: Colors) => ({
  decal: {
    symbol: 'circle',
    color: colors.surface,
    dashArrayX: [
      [0, 5],
      [5, 0],
    ] as [number, number][],
    dashArrayY: [4, 0],
    symbolSize: 0.5,
  },
});

function fairness(drawing: Drawing): Option {
  const { report, writer, colors } = drawing;
  const column = columnOf(report);
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
      { top, right: half + EDGE, bottom: 4, left: EDGE, outerBoundsMode: 'same' },
      { top, right: 24, bottom: 4, left: half, outerBoundsMode: 'same' },
    ],
    xAxis: [
      { type: 'value', ...axis, position: 'top', axisLabel: { ...axis.axisLabel, formatter: writer.share } },
      { ...countAxis(drawing), gridIndex: 1, position: 'top' },
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

function service(drawing: Drawing): Option {
  const { report, writer, colors, t, target } = drawing;
  const column = columnOf(report);
  const names = labels(drawing);
  const axis = axisOf(drawing);
  return {
    ...base(drawing),
    tooltip: { ...tooltipOf(drawing), trigger: 'axis', formatter: lines(drawing, names, ['service_level', 'in_time', 'late', 'received']) },
    ...below(drawing, [writer.heading('received'), writer.heading('service_level')]),
    xAxis: daysAxis(drawing, names),
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
        lineStyle: { color: colors.accent, width: 2 },
        symbol: 'circle',
        symbolSize: 6,
        showSymbol: names.length <= 60,
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

const options: Readonly<Record<Chart, (drawing: Drawing) => Option>> = { heat_map: heatMap, load, waits, fairness, service };
export const optionOf = (view: Chart, drawing: Drawing): Option => options[view](drawing);
