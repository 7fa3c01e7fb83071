/** At 200 % zoom in a window of 1280 × 800 every control is complete: nothing is cut off horizontally that cannot be scrolled to. */
import type { Page } from '@playwright/test';
import { type Desk, expect, openConsole, test } from '../harness/desk.ts';

const screens = ['live', 'contacts', 'leads', 'weights', 'operators', 'sources', 'reports', 'refused', 'audit', 'backups', 'settings'] as const;

/** Controls partly beyond an edge that does not scroll, and buttons whose labels do not fit. */
const cutOff = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    for (const control of document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea')) {
      const { visibility, opacity } = getComputedStyle(control);
      const box = control.getBoundingClientRect();
      if (visibility === 'hidden' || opacity === '0' || box.width <= 1 || box.height <= 1) continue;
      const name = `${control.tagName} ${(control.getAttribute('aria-label') ?? control.textContent).slice(0, 40)}`;
      let { left, right } = box;
      for (let around = control.parentElement; around; around = around.parentElement) {
        const { overflowX } = getComputedStyle(around);
        if (overflowX === 'visible') continue;
        const edge = around.getBoundingClientRect();
        const scrolls = overflowX === 'auto' || overflowX === 'scroll';
        // a link in a table cell, or in a part with a title, may be truncated: the title has the full text
        if ((around.tagName === 'TD' || around.title !== '') && getComputedStyle(around).textOverflow === 'ellipsis')
          [left, right] = [edge.left, Math.min(right, edge.right)];
        if (!scrolls && (left < edge.left - 1 || right > edge.right + 1)) found.push(`${name} at ${Math.round(left)}–${Math.round(right)}`);
        if (scrolls) [left, right] = [Math.max(left, edge.left), Math.min(right, edge.right)];
        if (right <= left) [left, right] = [edge.left, edge.right]; // scrolled out of view and back
      }
      if (left < -1 || right > innerWidth + 1) found.push(`${name} outside of the window`);
      const words = control.querySelector('[class*="Button-label"]');
      if (words && words.scrollWidth > words.clientWidth + 1) found.push(`the words of ${name}`);
    }
    if (document.documentElement.scrollWidth > innerWidth + 1) found.push('the page itself');
    return found;
  });

async function fill(desk: Desk): Promise<void> {
  const [anna, boris, vera] = [await desk.operator('Анна Петрова-Водкина', 10), await desk.operator('Борис Ким', 3), await desk.operator('Вера Ли', 8)];
  const telegram = await desk.source('Telegram', { [anna.id]: 300, [boris.id]: 300, [vera.id]: 400 });
  await desk.source('ВКонтакте', { [boris.id]: 100 });
  await desk.host.api('PATCH', `/operators/${vera.id}`, { is_active: false, inactive_reason: 'training' });
  for (let nth = 1; nth <= 16; nth++) await desk.contact(telegram, `tg-${7700 + nth}`, 'Константин Константинопольский');
  await desk.host.api('POST', '/contacts', { source_id: 1, phone: 'x' }).catch(() => undefined);
}

for (const language of ['ru', 'en'] as const)
  test.describe(language, () => {
    test.use({ language, viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }); // 1280 × 800 at 200 %

    test('no control is cut off on any screen, card or dialog', async ({ desk, page }) => {
      const say = <T>(words: { ru: T; en: T }): T => words[language];
      const at = (hash: string) => page.goto(`${desk.host.ready.apiUrl}/console/${hash}`);
      await fill(desk);
      await openConsole(page, desk);
      for (const screen of screens) {
        await at(`#/${screen}`);
        await expect(page.locator('main section').first()).toBeVisible();
        await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0);
        expect.soft(await cutOff(page), screen).toEqual([]);
      }
      const dialog = page.getByRole('dialog');
      await at('#/contacts?contact=1&from=2026-01-01&status=open');
      await expect(dialog.getByRole('table')).toBeVisible();
      expect.soft(await cutOff(page), 'a decision').toEqual([]);
      await at('#/leads?lead=1');
      await expect(dialog.getByRole('table')).toBeVisible();
      expect.soft(await cutOff(page), 'a lead').toEqual([]);
      await page.keyboard.press('Escape');
      await at('#/operators');
      await page
        .getByTestId('operator-1')
        .getByRole('button', { name: say({ ru: /^Состояние/, en: /^State/ }) })
        .click();
      await page.getByRole('menuitem', { name: say({ ru: 'Перерыв', en: 'Break' }) }).click();
      await expect(dialog.getByRole('radio').first()).toBeVisible();
      expect.soft(await cutOff(page), 'somebody leaves').toEqual([]);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+k');
      await expect(dialog.getByRole('combobox')).toBeVisible();
      expect.soft(await cutOff(page), 'the palette').toEqual([]);
    });
  });

test('the check finds cut-off controls', async ({ console }) => {
  await console.evaluate(() => {
    const box = document.createElement('div');
    const button = document.createElement('button');
    button.textContent = 'planted';
    Object.assign(box.style, { overflow: 'hidden', width: '80px' });
    button.style.width = '200px';
    box.append(button);
    document.querySelector('main')?.prepend(box);
  });
  expect((await cutOff(console)).filter((name) => name.includes('planted'))).not.toEqual([]);
});
