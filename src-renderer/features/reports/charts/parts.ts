/** Shared parts of the charts: legends, axes, tooltips, and patterns that distinguish bars without colours. Pure. */
import type { Colors } from './colors.ts';
import type { Drawing } from './drawing.ts';
import { type Option, widthOfText } from './echarts.ts';

const FONT_SIZE = 12;
/** Margins of the chart, in px; the save button is to the right of the legend. */
export const [EDGE, BUTTON] = [16, 48];
const LEGEND = { itemGap: 10, itemWidth: 22, row: 24, top: 2 };

/** Tooltips as text in the page's colours; `richText` needs no inline HTML. */
export const tooltipOf = ({ colors }: Drawing) => ({
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

/** Width between the left edge and the button. */
const wholeWidth = ({ width }: Drawing): Place => ({ left: 8, width: Math.max(0, width - 8 - BUTTON) });

/** Wraps when a line is full. */
export const legendOf = ({ colors }: Drawing, names: readonly string[], place: Place) => ({
  data: [...names],
  ...place,
  top: LEGEND.top,
  itemHeight: 10,
  itemWidth: LEGEND.itemWidth,
  itemGap: LEGEND.itemGap,
  textStyle: { color: colors.text, fontFamily: colors.font, fontSize: FONT_SIZE },
});

/** Height of a legend, in px; the plot begins below it. */
export function legendHeight({ colors }: Drawing, names: readonly string[], { width }: Place): number {
  let [lines, filled] = [1, 0];
  for (const name of names) {
    const item = LEGEND.itemWidth + 6 + widthOfText(name, `${FONT_SIZE}px ${colors.font}`);
    if (filled > 0 && filled + item > width) [lines, filled] = [lines + 1, 0];
    filled += item + LEGEND.itemGap;
  }
  return LEGEND.top + lines * LEGEND.row;
}

/** Options that all charts share. */
export function base(drawing: Drawing): Option {
  const { colors, description } = drawing;
  return {
    animation: false,
    textStyle: { fontFamily: colors.font, fontSize: FONT_SIZE, color: colors.text },
    aria: { enabled: true, label: { enabled: true, description } },
    tooltip: tooltipOf(drawing),
  };
}

/**
 * A legend, and the plot below it with room for the number on top of a bar.
 * @param last label below the axis: half of it extends beyond the end
 */
export function below(drawing: Drawing, names: readonly string[], last = '') {
  const place = wholeWidth(drawing);
  const right = Math.max(24, widthOfText(last, `${FONT_SIZE}px ${drawing.colors.font}`) / 2 + 8);
  return {
    legend: legendOf(drawing, names, place),
    grid: { top: legendHeight(drawing, names, place) + 10, right, bottom: 8, left: EDGE, outerBoundsMode: 'same' as const },
  };
}

/** Colours and type of an axis. */
export const axisOf = ({ colors }: Drawing) => ({
  axisLine: { lineStyle: { color: colors.line } },
  axisTick: { show: false },
  axisLabel: { color: colors.dim, fontFamily: colors.font, fontSize: FONT_SIZE },
  splitLine: { lineStyle: { color: colors['line-soft'] } },
});

/** Its first label extends below the axis and stays clear of the zero. */
export function daysAxis(drawing: Drawing, names: string[]) {
  const axis = axisOf(drawing);
  return { type: 'category' as const, data: names, ...axis, axisLabel: { ...axis.axisLabel, margin: 13 } };
}

/** Axis of whole numbers, formatted for the reader. */
export function countAxis(drawing: Drawing) {
  const axis = axisOf(drawing);
  return { type: 'value' as const, minInterval: 1, ...axis, axisLabel: { ...axis.axisLabel, formatter: drawing.writer.count } };
}

/** Patterns, distinguishable without colours. */
export const hatched = (colors: Colors) => ({
  decal: { symbol: 'rect', color: colors.surface, dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -Math.PI / 4 },
});
export const crossed = (colors: Colors) => ({
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
