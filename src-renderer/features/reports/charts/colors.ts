/** Colours of tokens.css in the current theme, for code that cannot use CSS variables. */
import { useMemo, useSyncExternalStore } from 'react';

const names = ['text', 'dim', 'line', 'line-soft', 'surface', 'raised', 'accent', 'bar', 'bar-track', 'warn-mark', 'on-accent', 'control'] as const;
export type Colors = Readonly<Record<(typeof names)[number] | 'font', string>>;

const ATTRIBUTE = 'data-mantine-color-scheme';
const root = document.documentElement;

function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(root, { attributeFilter: [ATTRIBUTE] });
  return () => observer.disconnect();
}

function colorsOfNow(): Colors {
  const style = getComputedStyle(root);
  const colors = Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  return { ...colors, font: getComputedStyle(document.body).fontFamily } as Colors; // has all the names
}

/** Updates when the theme changes. */
export function useColors(): Colors {
  const written = useSyncExternalStore(subscribe, () => JSON.stringify(colorsOfNow()));
  return useMemo(() => JSON.parse(written) as Colors, [written]); // parses what was just serialised
}

type Rgb = readonly [number, number, number];

/** Parses `#rrggbb`, or the short form that a build may turn it into. */
const rgbOf = (written: string): Rgb => {
  const hex = written.length === 4 ? written.replaceAll(/[^#]/g, '$&$&') : written;
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb; // three of them
};

/** Interpolates between two `#rrggbb` colours; `part` 0 … 1. */
export function mixed(from: string, to: string, part: number): string {
  const [a, b] = [rgbOf(from), rgbOf(to)];
  return `#${a
    .map((value, i) =>
      Math.round(value + ((b[i] ?? 0) - value) * part)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [r, g, b] = rgbOf(hex).map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4)) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG 2.2, contrast ratio. */
function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** The one of two colours with more contrast on the background. */
export const readable = (ground: string, one: string, other: string): string => (contrast(ground, one) >= contrast(ground, other) ? one : other);
