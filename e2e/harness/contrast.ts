/**
 * Contrast of every text on a page, by WCAG 2.2 (1.4.3), from the colours that the browser paints.
 * axe-core skips what its layout model calls hidden (clipped, scrolled away), disabled fields, one-character texts, placeholders and the fill of SVG texts,
 * and only notes what it cannot determine. Here every text is judged, and one that cannot be judged is a finding.
 */
import type { Page } from '@playwright/test';

/** Texts with too little contrast, one line each. @param within CSS selector of the part to check */
export const paleTexts = (page: Page, within = 'html'): Promise<string[]> => page.evaluate(findPaleTexts, within);

/** Runs in the page, so everything it needs is inside. */
function findPaleTexts(within: string): string[] {
  type Color = readonly [red: number, green: number, blue: number, alpha: number];
  interface Pair {
    readonly ink: Color;
    readonly ground: Color;
  }
  const CLEAR: Color = [0, 0, 0, 0];
  const WHITE: Color = [255, 255, 255, 1];

  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const known = new Map<string, Color | null>();

  /** Any CSS colour as the browser paints it, including oklch(), color-mix() and future notations. Null: not a colour. */
  function colorOf(css: string): Color | null {
    const found = known.get(css);
    if (found !== undefined) return found;
    const plain = /^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/.exec(css);
    const color: Color | null = plain ? [Number(plain[1]), Number(plain[2]), Number(plain[3]), Number(plain[4] ?? 1)] : painted(css);
    known.set(css, color);
    return color;
  }

  function painted(css: string): Color | null {
    if (!canvas || !CSS.supports('color', css)) return null;
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = css;
    canvas.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  }

  const faded = ([red, green, blue, alpha]: Color, by: number): Color => [red, green, blue, alpha * by];

  function over(top: Color, under: Color): Color {
    const alpha = top[3] + under[3] * (1 - top[3]);
    if (alpha === 0) return CLEAR;
    const mix = (at: 0 | 1 | 2) => (top[at] * top[3] + under[at] * under[3] * (1 - top[3])) / alpha;
    return [mix(0), mix(1), mix(2), alpha];
  }

  function luminance([red, green, blue]: Color): number {
    const linear = (channel: number) => (channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  }

  function contrast(one: Color, other: Color): number {
    const [a, b] = [luminance(one), luminance(other)];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  const styles = new Map<Element, CSSStyleDeclaration>();
  function styleOf(element: Element): CSSStyleDeclaration {
    const style = styles.get(element) ?? getComputedStyle(element);
    styles.set(element, style);
    return style;
  }

  const opacityOf = (element: Element): number => Number(styleOf(element).opacity);
  const chains = new Map<Element, readonly Element[]>();
  /** The element and its ancestors, innermost first. */
  function chainOf(element: Element): readonly Element[] {
    const chain = chains.get(element) ?? [element, ...(element.parentElement ? chainOf(element.parentElement) : [])];
    chains.set(element, chain);
    return chain;
  }

  const isShape = (element: Element): element is SVGElement => element instanceof SVGElement && !(element instanceof SVGSVGElement);

  /** Whether a background image of this size and position (`20px` or `50%` along a side) covers this point of the side. */
  function covers(size: string | undefined, position: string | undefined, side: number, place: number): boolean {
    const px = (css: string | undefined, whole: number) => (css?.endsWith('%') ? (Number.parseFloat(css) / 100) * whole : Number.parseFloat(css ?? ''));
    const length = size === undefined || size === 'auto' ? side : px(size, side);
    const start = px(position, side - length);
    return !(place < start || place > start + length); // when unknown, assume that it covers
  }

  const COLORS = /[a-z-]+\((?:[^()]|\([^()]*\))*\)|#[\da-f]+|[a-z]+/gi;
  /** Colours that an element may paint behind its content at a point: several for a gradient, unknown for a picture. */
  function groundsOf(element: Element, x: number, y: number): readonly Color[] {
    const style = styleOf(element);
    if (isShape(element)) {
      if (element instanceof SVGTextContentElement || style.fill === 'none') return [CLEAR];
      const fill = colorOf(style.fill);
      return fill ? [faded(fill, Number(style.fillOpacity))] : [];
    }
    const flat = colorOf(style.backgroundColor);
    if (!flat) return [];
    if (style.backgroundImage === 'none') return [flat];
    const { left, top, width, height } = element.getBoundingClientRect();
    const [sizes, places] = [style.backgroundSize.split(' '), style.backgroundPosition.split(' ')];
    const isBeside = !covers(sizes[0], places[0], width, x - left) || !covers(sizes[1], places[1], height, y - top);
    if (style.backgroundRepeat === 'no-repeat' && isBeside) return [flat];
    const gradient = /^[a-z-]+gradient\((.*)\)$/.exec(style.backgroundImage);
    return (gradient?.[1]?.match(COLORS) ?? [])
      .map(colorOf)
      .filter((color) => color !== null)
      .map((color) => over(color, flat));
  }

  /**
   * All possible foreground and background colours of a text at a point. An element with opacity is composited
   * with its content as one picture and blended with what is below as a whole.
   */
  function composed(element: Element, color: Color, x: number, y: number): readonly Pair[] {
    const around = chainOf(element);
    const groups = around.filter((one) => opacityOf(one) < 1);
    let pairs: Pair[] = [{ ink: color, ground: CLEAR }];
    const leave = () => {
      const by = opacityOf(groups.shift() as Element);
      pairs = pairs.map(({ ink, ground }) => ({ ink: faded(ink, by), ground: faded(ground, by) }));
    };
    for (const layer of layersAt(element, x, y)) {
      while (groups[0] && !groups[0].contains(layer)) leave();
      const own = around.includes(layer)
        ? 1
        : chainOf(layer)
            .filter((one) => !around.includes(one))
            .reduce((product, one) => product * opacityOf(one), 1);
      const paints = groundsOf(layer, x, y).map((paint) => faded(paint, own));
      pairs = pairs.flatMap(({ ink, ground }) => paints.map((paint) => ({ ink: over(ink, paint), ground: over(ground, paint) })));
      if (groups.length === 0 && pairs.every(({ ground }) => ground[3] >= 0.999)) break;
    }
    while (groups.length > 0) leave();
    return pairs.map(({ ink, ground }) => ({ ink: over(ink, WHITE), ground: over(ground, WHITE) }));
  }

  /** What is painted below the text at a point, topmost first: in paint order where the text is visible there, else its ancestors. */
  function layersAt(element: Element, x: number, y: number): readonly Element[] {
    const stack = document.elementsFromPoint(x, y);
    const at = stack.indexOf(element);
    return at === -1 ? chainOf(element) : stack.slice(at);
  }

  /** For screen readers only: a one-pixel box, or a collapsed one. */
  const isForEyes = (element: Element): boolean =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    !chainOf(element).some((one) => {
      if (!(one instanceof HTMLElement) || styleOf(one).overflow === 'visible') return false;
      return one.offsetWidth <= 1 || one.offsetHeight <= 1;
    });

  const hex = (color: Color): string =>
    `#${color
      .slice(0, 3)
      .map((channel) => Math.round(channel).toString(16).padStart(2, '0'))
      .join('')}`;
  const nameOf = (element: Element): string =>
    chainOf(element)
      .slice(0, 4)
      .map((one) => `${one.localName}${one.id && `#${one.id}`}${one.getAttribute('class') ? `.${one.getAttribute('class')?.split(' ')[0]}` : ''}`)
      .reverse()
      .join(' > ');

  const findings = new Set<string>();

  function judge(element: Element, text: string, style: CSSStyleDeclaration, rects: readonly DOMRect[], css: string, opacity = 1): void {
    const color = colorOf(css);
    const large = Number.parseFloat(style.fontSize) >= (Number(style.fontWeight) >= 700 ? 18.66 : 24);
    const wanted = large ? 3 : 4.5;
    for (const { left, right, top, bottom } of rects)
      for (const x of [left + 1, (left + right) / 2, right - 1]) {
        const pairs = color ? composed(element, faded(color, opacity), x, (top + bottom) / 2) : [];
        const [worst] = pairs.map((pair) => ({ ...pair, ratio: contrast(pair.ink, pair.ground) })).sort((a, b) => a.ratio - b.ratio);
        if (worst && worst.ratio >= wanted) continue;
        const measured = worst ? `${hex(worst.ink)} on ${hex(worst.ground)} is ${worst.ratio.toFixed(2)}` : 'cannot be judged';
        findings.add(`“${text.trim().slice(0, 40)}” ${measured}, wanted ${wanted}: ${nameOf(element)}`);
        return;
      }
  }

  const inkOf = (element: Element, style: CSSStyleDeclaration): string => (isShape(element) ? style.fill : style.webkitTextFillColor);

  function judgeText(node: Text): void {
    const element = node.parentElement;
    if (!element || node.data.trim() === '' || !isForEyes(element)) return;
    const range = document.createRange();
    range.selectNodeContents(node);
    const style = styleOf(element);
    judge(
      element,
      node.data,
      style,
      [...range.getClientRects()].filter(({ width, height }) => width > 0 && height > 0).slice(0, 3),
      inkOf(element, style),
      isShape(element) ? Number(style.fillOpacity) : 1,
    );
  }

  const WRITTEN_IN = 'input:not([type="checkbox"], [type="radio"], [type="hidden"], [type="range"], [type="color"], [type="file"]), textarea, select';
  function judgeField(field: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement): void {
    if (!isForEyes(field)) return;
    const hint = field.value === '' && 'placeholder' in field ? field.placeholder : '';
    const style = hint ? getComputedStyle(field, '::placeholder') : styleOf(field);
    if (field.value || hint)
      judge(field, field.value || hint, style, [field.getBoundingClientRect()], style.webkitTextFillColor, hint ? Number(style.opacity) : 1);
  }

  /** Generated content before or after an element. */
  function judgeWritten(element: Element): void {
    for (const which of ['::before', '::after']) {
      const style = getComputedStyle(element, which);
      const text = /"([^"]*\S[^"]*)"/.exec(style.content)?.[1];
      if (text && isForEyes(element)) judge(element, text, style, [element.getBoundingClientRect()], style.webkitTextFillColor, Number(style.opacity));
    }
  }

  const sheet = new CSSStyleSheet(); // elementsFromPoint skips elements with pointer-events: none
  sheet.replaceSync('* { pointer-events: auto !important; }');
  document.adoptedStyleSheets.push(sheet);
  for (const root of document.querySelectorAll(within)) {
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement?.closest('script, style, noscript, title, desc, option') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
    );
    while (texts.nextNode()) judgeText(texts.currentNode as Text);
    for (const field of root.querySelectorAll<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>(WRITTEN_IN)) judgeField(field);
    for (const element of root.querySelectorAll('*')) judgeWritten(element);
  }
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
  return [...findings];
}
