/** Goes through the changes that the console can make, one after the other, on a desk with all kinds of data. */
import type { Page } from '@playwright/test';
import { Between } from './between.ts';
import { type Change, fill, furnish } from './changes.ts';
import { type Desk, expect, openConsole } from './desk.ts';

export interface Stage {
  readonly page: Page;
  readonly desk: Desk;
  readonly between: Between;
}

export const line = (page: Page) => page.getByTestId('status-line');

async function closeNotifications(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const close of document.querySelectorAll<HTMLElement>('.mantine-Notifications-root [aria-label="Закрыть"]')) close.click();
  });
  await expect(page.locator('.mantine-Notifications-root [role]')).toHaveCount(0);
}

/** Opens a screen afresh, without messages about earlier failures. */
export async function go(page: Page, hash: string): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  const elsewhere = hash.startsWith('#/audit') ? '#/live' : '#/audit';
  await page.evaluate((where) => {
    location.hash = where;
  }, elsewhere);
  await closeNotifications(page);
  await expect(page.locator('main').getByRole('alert')).toHaveCount(0);
  await page.evaluate((where) => {
    location.hash = where;
  }, hash);
  await expect(page.getByRole('navigation', { name: 'Экраны' }).locator('[aria-current]')).toHaveAttribute('href', hash.replace(/\?.*/, ''));
  await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0);
}

export async function setUp({ page, desk }: { page: Page; desk: Desk }): Promise<Stage> {
  await fill(desk);
  await page.addInitScript(() => localStorage.setItem('switchyard.language', 'ru')); // whatever a restarted host suggests
  const between = await Between.stand(page);
  await openConsole(page, desk);
  await furnish(page, desk, (hash) => go(page, hash));
  return { page, desk, between };
}

export async function setOff(page: Page, { by, how = 'click' }: Change): Promise<void> {
  const control = by(page);
  if (how === 'twice')
    await expect(async () => {
      await control.click();
      await page.locator('[data-armed]').evaluate((button: HTMLElement) => button.click(), undefined, { timeout: 5_000 });
    }, 'the question waits four seconds, which may be too few for a busy machine').toPass();
  else if (how === 'click') await control.click();
  else if (typeof how === 'string') await control.press(how);
  else {
    await control.hover();
    await page.mouse.down();
    for (let nth = 0; nth < 2; nth++) await how.drop(page).hover(); // Chromium begins a drag with the second move
    await expect(page.locator('[data-taking="open"]').first()).toBeVisible();
    await page.mouse.up();
  }
}

/** Clicks again where possible, like a user who thinks that nothing has happened. */
export const pressAgain = (page: Page, { by, how = 'click' }: Change): Promise<void> =>
  by(page)
    .evaluateAll(
      ([control], key) => {
        if (!(control instanceof HTMLElement)) return;
        if (key === 'Enter') control.closest('form')?.requestSubmit();
        else if (key === 'click') control.click();
      },
      typeof how === 'string' ? how : 'drop',
    )
    .catch(() => undefined);

async function begin({ page, desk, between }: Stage, change: Change): Promise<void> {
  between.let('through');
  await go(page, change.at);
  await change.prepare?.(page, desk);
}

/** Makes another click possible: closes the message, and reopens the menu if the button is in one. */
export async function again(stage: Stage, change: Change): Promise<void> {
  await closeNotifications(stage.page);
  if (!(await change.by(stage.page).isVisible())) await begin(stage, change);
}

/** Walks through these changes and reports at the end those that failed the check. */
export async function eachOf(stage: Stage, some: readonly Change[], walk: (change: Change) => Promise<void>): Promise<void> {
  const { between } = stage;
  const wrong: string[] = [];
  for (const change of some)
    try {
      await begin(stage, change);
      await walk(change);
    } catch (error) {
      wrong.push(`${change.name}: ${String(error)}`);
      await isUp(stage);
      between.release();
    }
  expect(wrong.join('\n\n')).toBe('');
}

/** The connection is back, whatever else the status line shows. */
export async function isUp({ page, between }: Stage): Promise<void> {
  await between.mend();
  await expect(line(page)).not.toContainText(/Нет связи|Подключаемся/, { timeout: 20_000 });
}
