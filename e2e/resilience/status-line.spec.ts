/** The status line covers nothing and moves nothing, on any screen, in any language, at any size. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type Desk, expect, openConsole, test } from '../harness/desk.ts';

const screens = ['live', 'contacts', 'leads', 'weights', 'operators', 'sources', 'reports', 'refused', 'audit', 'backups', 'settings'] as const;
const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
  { width: 640, height: 400 }, // 1280 × 800 at 200 %
];

/** Focusable controls that are partly hidden behind something else, or whose centre is. */
const covered = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const solid = document.createElement('style');
    solid.textContent = '* { pointer-events: auto !important }'; // otherwise elements that let clicks through would be ignored
    solid.nonce = document.querySelector<HTMLElement>('style[nonce]')?.nonce ?? '';
    document.head.append(solid);
    const line = document.querySelector('[data-testid="status-line"]');
    const said = line?.getBoundingClientRect();
    const found: string[] = [];
    for (const control of document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary, [tabindex="0"]')) {
      if (line?.contains(control) || getComputedStyle(control).opacity === '0') continue;
      let { left, right, top, bottom } = control.getBoundingClientRect();
      for (let around = control.parentElement; around; around = around.parentElement) {
        if (getComputedStyle(around).overflowY === 'visible') continue;
        const edge = around.getBoundingClientRect();
        [left, right, top, bottom] = [Math.max(left, edge.left), Math.min(right, edge.right), Math.max(top, edge.top), Math.min(bottom, edge.bottom)];
      }
      [left, right, top, bottom] = [Math.max(left, 0), Math.min(right, innerWidth), Math.max(top, 0), Math.min(bottom, innerHeight)];
      if (right - left < 2 || bottom - top < 2) continue; // scrolled out of view
      const name = `${control.tagName} ${(control.getAttribute('aria-label') ?? control.textContent).slice(0, 40)}`;
      if (said && left < said.right && right > said.left && top < said.bottom - 0.5 && bottom > said.top + 0.5) found.push(`${name} behind the status line`);
      const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      const isItself = !hit || hit.contains(control) || control.contains(hit) || hit.closest('label')?.contains(control) || control.getRootNode() !== document;
      const isOwnPart = control.parentElement?.contains(hit); // a field's arrow, a button's label
      if (!isItself && !isOwnPart) found.push(`${name} behind ${hit.tagName}.${hit.className}`);
    }
    solid.remove();
    return found;
  });

type Words = Record<'link' | 'status', Record<string, string>> & {
  condition: Record<'cause' | 'remedy' | 'mend', Record<string, string>> & Record<string, string>;
};

/** Every message of the line, with the longest possible time; `action`: label of its button. */
function allItSays(language: 'ru' | 'en'): { text: string; action?: string }[] {
  const { link, status, condition } = JSON.parse(readFileSync(join('src-renderer', 'app', 'languages', `${language}.json`), 'utf8')) as Words;
  const texts = [
    { text: link.lost },
    { text: link.lost_early },
    { text: status.older, action: status.reload },
    { text: condition.space_low, action: status.seen },
    ...Object.keys(condition.cause).flatMap((cause) => [
      { text: `${condition.cause[cause]} ${condition.read_only} ${condition.mend[cause]}` },
      { text: `${condition.cause[cause]} ${condition.refusing} ${condition.remedy[cause]}` },
    ]),
  ];
  return texts.map(({ text, action }) => ({ text: (text ?? '').replaceAll('{{time}}', '23:58:08'), ...(action && { action }) }));
}

/** The messages that do not fit the line. */
const cutShort = (page: Page, texts: readonly { text: string; action?: string }[]): Promise<string[]> =>
  page.evaluate((all) => {
    const line = document.querySelector<HTMLElement>('[data-testid="status-line"]');
    const words = line?.querySelector('[role="status"]');
    if (!line || !words) throw new Error('there is no status line');
    const before = [words.textContent, line.dataset.tone];
    line.dataset.tone = 'warn';
    const found: string[] = [];
    for (const { text, action } of all) {
      words.textContent = text;
      const button = document.createElement('button');
      button.textContent = action ?? '';
      if (action) line.append(button);
      const { height } = words.getBoundingClientRect();
      if (height > line.clientHeight || line.scrollWidth > line.clientWidth) found.push(`${Math.round(height)} px: ${text}`);
      button.remove();
    }
    [words.textContent, line.dataset.tone] = [before[0] ?? '', before[1] ?? ''];
    return found;
  }, texts);

async function fill(desk: Desk): Promise<void> {
  const [anna, boris] = [await desk.operator('Анна Петрова-Водкина', 10), await desk.operator('Борис Ким', 3)];
  const telegram = await desk.source('Telegram', { [anna.id]: 300, [boris.id]: 300 });
  for (let nth = 1; nth <= 16; nth++) await desk.contact(telegram, `tg-${nth}`, 'Мария');
}

const placesOf = (page: Page): Promise<unknown> =>
  page.evaluate(() =>
    ['nav', '[data-testid="pulse"]', 'main', '[data-testid="status-line"]'].map((part) =>
      JSON.stringify(document.querySelector(part)?.getBoundingClientRect()),
    ),
  );

for (const language of ['ru', 'en'] as const)
  test.describe(language, () => {
    test.use({ language });

    test('an unreachable host is reported on every screen at every size, and the line covers no control', async ({ desk, page }) => {
      await fill(desk);
      await openConsole(page, desk);
      const at = (hash: string) =>
        page.evaluate((where) => {
          location.hash = where;
        }, hash);
      for (const screen of screens) {
        await at(`#/${screen}`);
        await expect(page.locator('main section').first()).toBeVisible();
        await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0);
      }
      const calm = await placesOf(page);
      await desk.host.running.stop('SIGKILL');
      const line = page.getByTestId('status-line');
      await expect(line).toHaveAttribute('data-tone', 'warn');
      expect(await placesOf(page), 'nothing has moved').toEqual(calm);
      for (const size of sizes) {
        await page.setViewportSize(size);
        expect.soft(await cutShort(page, allItSays(language)), `${size.width}`).toEqual([]);
        for (const screen of screens) {
          await at(`#/${screen}`);
          await expect(page.locator('main section').first()).toBeVisible();
          await expect(line).toBeInViewport({ ratio: 1 });
          expect.soft(await covered(page), `${screen} at ${size.width}`).toEqual([]);
        }
        for (const card of ['#/live?contact=1', '#/live?lead=1']) {
          await at(card);
          await expect(page.getByRole('dialog')).toBeVisible();
          const [dialog, words] = [await page.getByRole('dialog').boundingBox(), await line.boundingBox()];
          expect.soft((dialog?.y ?? 0) + (dialog?.height ?? 0), `${card} at ${size.width}`).toBeLessThanOrEqual(words?.y ?? 0);
          await page.keyboard.press('Escape');
        }
      }
    });
  });

test('the check finds a notice over a field, also one that lets clicks through, and a text that is too long', async ({ desk, console }) => {
  await fill(desk);
  await console.getByRole('link', { name: 'Источники' }).click();
  await expect(console.getByRole('textbox', { name: 'Название нового источника' })).toBeVisible();
  expect(await covered(console)).toEqual([]);
  await console.evaluate(() => {
    const notice = document.createElement('div');
    Object.assign(notice.style, { position: 'fixed', zIndex: '250', top: '90px', left: '184px', right: '0', height: '64px', pointerEvents: 'none' });
    document.body.append(notice);
  });
  expect((await covered(console)).filter((name) => name.includes('behind DIV'))).not.toEqual([]);
  expect(await cutShort(console, [{ text: 'много слов '.repeat(60) }])).toHaveLength(1);
});

/** What the notice lies over: rows, controls, dialogs, figures of a table, or a message of the status line. */
const under = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const notice = document.querySelector('.mantine-Notification-root:last-child')?.getBoundingClientRect();
    if (!notice || notice.height < 30) throw new Error('there is no notice');
    if (notice.left < 0 || notice.right > innerWidth || notice.top < 0 || notice.bottom > innerHeight) return ['it is not whole in view'];
    const found: string[] = [];
    const parts = 'main section, main button, main a, tr, [role="dialog"], [data-testid="status-line"] > *, [data-testid="status-line"][data-tone="warn"]';
    for (const part of document.querySelectorAll<HTMLElement>(parts)) {
      let { left, right, top, bottom } = part.getBoundingClientRect();
      for (let around = part.parentElement; around; around = around.parentElement) {
        if (getComputedStyle(around).overflowY === 'visible') continue;
        const edge = around.getBoundingClientRect();
        [left, right, top, bottom] = [Math.max(left, edge.left), Math.min(right, edge.right), Math.max(top, edge.top), Math.min(bottom, edge.bottom)];
      }
      if (right - left < 2 || bottom - top < 2) continue; // scrolled out of view
      if (left < notice.right - 0.5 && right > notice.left + 0.5 && top < notice.bottom - 0.5 && bottom > notice.top + 0.5)
        found.push(`${part.tagName} ${part.textContent.slice(0, 40)}`);
    }
    return found;
  });

test('a notice covers no row, control or dialog, nor a message of the line', async ({ desk, page }) => {
  await fill(desk);
  await openConsole(page, desk);
  const notice = page.locator('.mantine-Notification-root');
  const away = () => page.getByTestId('operator-row-1').getByRole('switch').press('Space');
  const look = async (what: string) => {
    for (const size of [
      { width: 1024, height: 768 },
      { width: 1280, height: 720 },
      { width: 1366, height: 768 },
      { width: 1920, height: 1080 },
    ]) {
      await page.setViewportSize(size);
      await expect(notice.last()).toBeVisible();
      await notice.last().hover(); // it stays while the pointer is on it
      expect.soft(await under(page), `${what} at ${size.width}`).toEqual([]);
    }
  };
  const at = async (hash: string) => {
    await page.evaluate((where) => {
      location.hash = where;
    }, hash);
    await expect(page.locator('main section').first()).toBeVisible();
  };
  for (const where of ['#/live', '#/contacts', '#/operators', '#/live?contact=1', '#/live?lead=1']) {
    await page.setViewportSize({ width: 1366, height: 768 });
    await at('#/live');
    await away();
    await expect(notice.last()).toContainText('Вернуть');
    await at(where);
    await look(where);
    await page.mouse.move(0, 0);
    await page.keyboard.press('Escape');
  }
  await at('#/live');
  await desk.host.running.stop('SIGKILL');
  await expect(page.getByTestId('status-line')).toHaveAttribute('data-tone', 'warn');
  await away();
  await expect(notice.last()).toContainText('Нет соединения');
  await look('without a connection');
});

test('below a dialog a calm line dims with the page, and a message is shown above it', async ({ desk, page }) => {
  await desk.operator('Анна');
  await desk.source('VK');
  await openConsole(page, desk);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  const line = page.getByTestId('status-line');
  /** The element that is visible and clickable at the line's position. */
  const seen = () =>
    line.evaluate((element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      const hit = document.elementFromPoint(left + width / 2, top + height / 2);
      return hit && element.contains(hit) ? 'the line' : hit?.className.includes('Modal-overlay') ? 'the overlay' : hit?.tagName;
    });
  await expect.poll(seen).toBe('the overlay');
  await desk.host.running.stop('SIGKILL');
  await expect(line).toContainText('Нет соединения');
  await expect.poll(seen).toBe('the line');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});
