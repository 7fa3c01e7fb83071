/** What the drawings share: legends, axes, tooltips, and the marks that tell bars apart without colours. Pure. */
import type { Colors } from './colors.ts';
import type { Drawing } from './drawing.ts';
import { type Option, widthOfText } from './echarts.ts';

export const FONT_SIZE = 12;
export const BAR_WIDTH = 12;
export const ROW_OF_BARS = 30;
/** Around the drawing, in px; the button that saves it stands at the right of the legend. */
export const [EDGE, BUTTON] = [16, 48];
export const LEGEND = { itemGap: 10, itemWidth: 22, row: 24, top: 2 };

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

/** Between the left edge and the button. */
const wholeWidth = ({ width }: Drawing): Place => ({ left: 8, width: Math.max(0, width - 8 - BUTTON) });

/** Goes on in the next line where one is full. */
export const legendOf = ({ colors }: Drawing, names: readonly string[], place: Place) => ({
  data: [...names],
  ...place,
  top: LEGEND.top,
  itemHeight: 10,
  itemWidth: LEGEND.itemWidth,
  itemGap: LEGEND.itemGap,
  textStyle: { color: colors.text, fontFamily: colors.font, fontSize: FONT_SIZE },
});

/** How high a legend becomes, in px: what is drawn begins below it. */
export function legendHeight({ colors }: Drawing, names: readonly string[], { width }: Place): number {
  let [lines, filled] = [1, 0];
  for (const name of names) {
    const item = LEGEND.itemWidth + 6 + widthOfText(name, `${FONT_SIZE}px ${colors.font}`);
    if (filled > 0 && filled + item > width) [lines, filled] = [lines + 1, 0];
    filled += item + LEGEND.itemGap;
  }
  return LEGEND.top + lines * LEGEND.row;
}

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
 * A legend, and the drawing below it with place for the number on top of a bar.
 * @param last name below the scale: half of it reaches beyond the end
 */
export function below(drawing: Drawing, names: readonly string[], last = '') {
  const place = wholeWidth(drawing);
  const right = Math.max(24, widthOfText(last, `${FONT_SIZE}px ${drawing.colors.font}`) / 2 + 8);
  return {
    legend: legendOf(drawing, names, place),
    grid: { top: legendHeight(drawing, names, place) + 10, right, bottom: 4, left: EDGE, outerBoundsMode: 'same' as const },
  };
}

export const axisOf = ({ colors }: Drawing) => ({
  axisLine: { lineStyle: { color: colors.line } },
  axisTick: { show: false },
  axisLabel: { color: colors.dim, fontFamily: colors.font, fontSize: FONT_SIZE },
  splitLine: { lineStyle: { color: colors['line-soft'] } },
});

/** Its first name reaches below the scale, and stays clear of the scale's zero. */
export function daysAxis(drawing: Drawing, names: string[]) {
  const axis = axisOf(drawing);
  return { type: 'category' as const, data: names, ...axis, axisLabel: { ...axis.axisLabel, margin: 13 } };
}

/** Of whole numbers, as the reader writes them. */
export function countAxis(drawing: Drawing) {
  const axis = axisOf(drawing);
  return { type: 'value' as const, minInterval: 1, ...axis, axisLabel: { ...axis.axisLabel, formatter: drawing.writer.count } };
}

/** Told apart without colours. */
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
