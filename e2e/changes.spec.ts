/** Every change the console can make, while the host is slow, away, goes away, fails or says no. */
import type { Page } from '@playwright/test';
import { Between } from './between.ts';
import { type Change, changes, fill, furnish } from './changes.ts';
import { type Desk, expect, openConsole, test } from './desk.ts';

interface Stage {
  readonly page: Page;
  readonly desk: Desk;
  readonly between: Between;
}

const line = (page: Page) => page.getByTestId('status-line');

async function go(page: Page, hash: string): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.evaluate((where) => {
    for (const close of document.querySelectorAll<HTMLElement>('.mantine-Notifications-root [aria-label="Закрыть"]')) close.click();
    location.hash = where;
  }, hash);
  await expect(page.locator('.mantine-Notifications-root [role]')).toHaveCount(0);
  await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0);
}

async function setUp({ page, desk }: { page: Page; desk: Desk }): Promise<Stage> {
  await fill(desk);
  const between = await Between.stand(page);
  await openConsole(page, desk);
  await furnish(page, desk, (hash) => go(page, hash));
  return { page, desk, between };
}

async function setOff(page: Page, { by, how = 'click' }: Change): Promise<void> {
  const control = by(page);
  if (how === 'twice') for (let nth = 0; nth < 2; nth++) await control.click();
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

/** As somebody who thinks that nothing has happened: once more, where it still can be pressed. */
const pressAgain = (page: Page, { by, how = 'click' }: Change): Promise<void> =>
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

/** Walks through all of the changes, and says at the end of which it was not so. */
async function eachOf({ page, desk, between }: Stage, walk: (change: Change) => Promise<void>): Promise<void> {
  const wrong: string[] = [];
  for (const change of changes)
    try {
      between.let('through');
      await go(page, change.at);
      await change.prepare?.(page, desk);
      await walk(change);
    } catch (error) {
      wrong.push(`${change.name}: ${String(error)}`);
      await isUp({ page, desk, between });
      between.release();
    }
  expect(wrong.join('\n\n')).toBe('');
}

async function isUp({ page, between }: Stage): Promise<void> {
  await between.mend();
  await expect(line(page)).toContainText('На связи с ядром', { timeout: 20_000 });
}

test.beforeEach(() => test.setTimeout(180_000));

test('a host that takes its time is waited for, which is said; what is pressed again is sent once', async ({ page, desk }) => {
  const stage = await setUp({ page, desk });
  await eachOf(stage, async (change) => {
    stage.between.let('held');
    await setOff(page, change);
    await expect(line(page).getByRole('progressbar')).toBeVisible();
    await pressAgain(page, change);
    expect(stage.between.sent, change.name).toHaveLength(1);
    stage.between.release();
    await change.done(page);
    await expect(line(page).getByRole('progressbar')).toBeHidden();
  });
});

for (const { when, way, words } of [
  { when: 'fails', way: 'fails', words: 'В ядре ошибка, исход неизвестен.' },
  { when: 'says no', way: 'refuses', words: 'Этого изменения уже не вернуть' },
] as const)
  test(`a host that ${when}: it is said in words, and what was typed or chosen is still there`, async ({ page, desk }) => {
    const stage = await setUp({ page, desk });
    await eachOf(stage, async (change) => {
      stage.between.let(way);
      await setOff(page, change);
      await expect(page.getByRole('alert').filter({ hasText: words }).first(), change.name).toBeVisible({ timeout: 5_000 });
      await change.kept?.(page);
    });
  });

test('a host that is away, or goes away before it answers: what is known is said, nothing is lost, and it comes back', async ({ page, desk }) => {
  const stage = await setUp({ page, desk });
  await eachOf(stage, async (change) => {
    stage.between.let('held');
    await setOff(page, change);
    await expect.poll(() => stage.between.sent, { message: change.name }).toHaveLength(1);
    await stage.between.cut();
    await expect(page.getByRole('alert').filter({ hasText: 'Связь прервалась, исход неизвестен.' }).first(), change.name).toBeVisible();
    await change.kept?.(page);
    await isUp(stage);
  });
});

test('a host that is away: nothing is sent, which is said, and what was typed or chosen is still there', async ({ page, desk }) => {
  const stage = await setUp({ page, desk });
  await eachOf(stage, async (change) => {
    await stage.between.cut();
    await expect(line(page)).toContainText('Нет связи с ядром');
    await setOff(page, change);
    await expect(page.getByRole('alert').filter({ hasText: 'Ничего не отправлено и не изменено.' }).first(), change.name).toBeVisible({ timeout: 5_000 });
    await change.kept?.(page);
    await isUp(stage);
  });
});
