/** Tests the contrast check: the helper that the tests of the screens use finds each fault planted here, in both themes. */
import type { Locator, Page } from '@playwright/test';
import { expect, openConsole, test } from '../harness/desk.ts';
import { seriousFindings } from '../harness/findings.ts';

/** Texts found too pale, in alphabetical order. */
const paleOn = async (page: Page): Promise<string[]> =>
  (await seriousFindings(page))
    .flatMap(({ id, at }) => (id === 'color-contrast' ? at : []))
    .map((line) => /“(.*?)”/.exec(line)?.[1] ?? line)
    .sort();

/** Low contrast on a light and on a dark background, in several colour notations. */
const PALE = [
  'light-dark(#ccc, #333)',
  'light-dark(oklch(0.85 0 0), oklch(0.32 0 0))',
  'color-mix(in oklab, var(--surface) 80%, var(--text))',
  'color(display-p3 0.5 0.5 0.5 / 30%)',
] as const;

const fade = (text: Locator, nth: number): Promise<void> =>
  text.evaluate((element, color) => {
    if (element instanceof HTMLElement || element instanceof SVGElement) Object.assign(element.style, { color, fill: color });
  }, PALE[nth] ?? PALE[0]);

/** A test element with one fault in each of its texts, below the clipped screen, where nobody sees it. */
const plant = (page: Page): Promise<void> =>
  page.evaluate(([plain, oklch, mixed, alpha]) => {
    const part = document.createElement('div');
    part.innerHTML = `
      <label>Метка<input disabled value="Значение"></label><input aria-label="planted" placeholder="Подсказка"><button disabled>Выключено</button>
      <p>7</p><p id="faded">Всё бледно</p><p id="noted">Читается</p><p id="striped">На полосе</p><img>`;
    document.querySelector('main')?.append(part);
    const style = (selector: string, css: Partial<CSSStyleDeclaration>) => Object.assign(part.querySelector<HTMLElement>(selector)?.style ?? {}, css);
    style('label', { color: plain });
    style('input[disabled]', { color: oklch });
    style('button', { color: mixed });
    style('p', { color: alpha });
    style('#faded', { opacity: '0.3' });
    style('#striped', { color: 'var(--text)', backgroundImage: 'linear-gradient(90deg, var(--surface) 20%, var(--text))' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`#noted::after { content: "Приписка"; color: ${plain}; } [aria-label="planted"]::placeholder { color: ${mixed} !important; }`);
    document.adoptedStyleSheets.push(sheet);
  }, PALE);

for (const colorScheme of ['light', 'dark'] as const)
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('low contrast is found in a row, on a button, in a disabled field and its label, in a tooltip, on an axis', async ({ desk, page }) => {
      const anna = await desk.operator('Анна Петрова', 3);
      const source = await desk.source('Telegram', { [anna.id]: 100 });
      for (const nth of [1, 2, 3, 4]) await desk.contact(source, `tg-${nth}`);
      await openConsole(page, desk);
      await expect(page.getByTestId('recent').getByRole('row')).toHaveCount(5);
      expect(await seriousFindings(page)).toEqual([]);
      await fade(page.getByTestId('operator-row-1').getByRole('link', { name: 'Анна Петрова' }), 0);
      await fade(page.getByTestId('queue').getByRole('button', { name: 'Почему' }), 1);
      await plant(page);
      const planted = ['Анна Петрова', 'Почему', 'Метка', 'Значение', 'Подсказка', 'Выключено', '7', 'Всё бледно', 'Приписка', 'На полосе'];
      expect(await paleOn(page)).toEqual(planted.sort());
      expect(
        (await seriousFindings(page)).map(({ id }) => id),
        'axe-core is awake as well',
      ).toContain('image-alt');

      await page.goto(`${desk.host.ready.apiUrl}/console/#/reports?view=load`);
      await page.reload();
      const drawing = page.getByTestId('chart').locator('svg');
      const texts = drawing.locator('text');
      await expect(texts.first()).toBeVisible();
      const drawn = await texts.count();
      await drawing.hover();
      await expect.poll(() => texts.count(), 'the tooltip is drawn').toBeGreaterThan(drawn);
      const [axis, tip] = [texts.nth(2), texts.filter({ hasText: 'Поступило: ' })];
      await fade(axis, 2);
      await fade(tip, 3);
      expect(await paleOn(page)).toEqual([await axis.textContent(), await tip.textContent()].toSorted((a, b) => ((a ?? '') < (b ?? '') ? -1 : 1)));
    });
  });
