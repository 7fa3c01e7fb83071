/** The pulse is read at two metres, and a figure past its limit looks the same wherever it is shown. */
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../harness/desk.ts';

const figures = ['waiting', 'oldest', 'load', 'service', 'active', 'today'] as const;
/** The longest values there are. */
const LONGEST: Record<(typeof figures)[number], string> = {
  waiting: '9 999',
  oldest: '23 ч 59 мин',
  load: '100 %',
  service: '100 %',
  active: '248 / 250',
  today: '99 999',
};

/** Figures whose digits are smaller than 32 px, or cut off. */
const unreadable = (page: Page, values: Partial<Record<string, string>>) =>
  page.evaluate((shown) => {
    const found: string[] = [];
    for (const [name, text] of Object.entries(shown)) {
      const value = document.querySelector<HTMLElement>(`[data-testid="pulse-${name}"] > :first-child`);
      if (!value || text === undefined) throw new Error(`there is no ${name}`);
      const before = [value.textContent, value.style.getPropertyValue('--characters')] as const;
      value.textContent = text;
      value.style.setProperty('--characters', String(text.length));
      const size = Number.parseFloat(getComputedStyle(value).fontSize);
      if (size < 32) found.push(`${name}: ${size} px`);
      const drawn = document.createRange();
      drawn.selectNodeContents(value);
      if (drawn.getBoundingClientRect().right > (value.parentElement?.getBoundingClientRect().right ?? 0) - 2) found.push(`${name}: ${text} is cut off`);
      value.textContent = before[0];
      value.style.setProperty('--characters', before[1]);
    }
    return found;
  }, values);

const sizeOf = (part: Locator) => part.locator('> :first-child').evaluate((value) => Number.parseFloat(getComputedStyle(value).fontSize));
const painted = (part: Locator) => part.evaluate((one) => getComputedStyle(one).backgroundColor);

test('digits are 48 px high where there is room, never below 32 px, and the longest values fit', async ({ desk, console: page }) => {
  await desk.operator('Анна');
  await desk.source('VK');
  for (const width of [1240, 1280, 1366, 1920]) {
    await page.setViewportSize({ width, height: 800 });
    for (const name of ['waiting', 'oldest'] as const) expect(await sizeOf(page.getByTestId(`pulse-${name}`)), `${name} at ${width}`).toBe(48);
    expect(await unreadable(page, LONGEST), `at ${width}`).toEqual([]);
  }
  expect((await page.getByTestId('pulse').boundingBox())?.height).toBe(88);
  expect(await unreadable(page, { waiting: '1 234 567 890' }), 'the check finds one that is cut off').toHaveLength(1);
});

test('in a small window the pulse is one line', async ({ desk, console: page }) => {
  await desk.operator('Анна');
  await desk.source('VK');
  for (const size of [
    { width: 390, height: 844 },
    { width: 640, height: 400 },
  ]) {
    await page.setViewportSize(size);
    const tops = await Promise.all(figures.map(async (name) => (await page.getByTestId(`pulse-${name}`).boundingBox())?.y));
    expect(new Set(tops).size).toBe(1);
    expect((await page.getByTestId('pulse').boundingBox())?.height).toBeLessThan(56);
  }
});

test('a critical figure fills its segment and says so, a warning outlines it, in the pulse as in the rail, the queue, the list and the card', async ({
  desk,
  console: page,
}) => {
  const anna = await desk.operator('Анна', 1);
  const source = await desk.source('VK', { [anna.id]: 1 });
  const [waiting, oldest, load] = [page.getByTestId('pulse-waiting'), page.getByTestId('pulse-oldest'), page.getByTestId('pulse-load')];
  await expect(load).toHaveAttribute('data-tone', 'calm');
  const calm = await painted(load);
  await desk.contact(source, 'a0');
  const first = await desk.contact(source, 'a1');
  for (let nth = 2; nth < 6; nth++) await desk.contact(source, `a${nth}`);
  await expect(load, '100 % is past the critical limit').toHaveAttribute('data-tone', 'bad');
  await expect(load.getByText('критично')).toBeVisible();
  const filled = await painted(load);
  expect(filled).not.toBe(calm);
  await expect(waiting, 'five wait').toHaveAttribute('data-tone', 'warn');
  await expect(waiting.getByText('внимание')).toBeVisible();
  expect(await waiting.evaluate((one) => getComputedStyle(one).boxShadow)).toContain('inset');
  await expect(page.getByRole('link', { name: /^Обращения/ }).locator('[data-tone]')).toHaveAttribute('data-tone', 'warn');

  const everywhere = async (tone: string) => {
    await expect(oldest).toHaveAttribute('data-tone', tone);
    await expect(page.getByTestId(`queue-row-${first.id}`).locator('[data-tone]')).toHaveAttribute('data-tone', tone);
    await page.getByRole('link', { name: /^Обращения/ }).click();
    await expect(page.getByTestId(`contact-row-${first.id}`).locator('[data-tone]')).toHaveAttribute('data-tone', tone);
    const shown = await painted(page.getByTestId(`contact-row-${first.id}`).locator('[data-tone]'));
    await page.evaluate((id) => {
      location.hash = `#/contacts?contact=${id}`;
    }, first.id);
    await expect(page.getByTestId('contact-status').locator('[data-tone]')).toHaveAttribute('data-tone', tone);
    expect(await painted(page.getByTestId('contact-status').locator('[data-tone]'))).toBe(shown);
    await page.evaluate(() => {
      location.hash = '#/live';
    });
    return shown;
  };
  /** Time stands still, so that no tone changes while it is read. Both clocks do, or the console would notice a jump and ask the host for the time. */
  const waited = (ms: number) =>
    page.evaluate((now) => {
      Object.assign(Date, { now: () => now });
      Object.assign(performance, { now: () => now - performance.timeOrigin });
    }, Date.parse(first.created_at) + ms);
  await waited(1_000);
  await everywhere('calm');
  await waited(70_000);
  await everywhere('warn');
  await waited(400_000);
  expect(await everywhere('bad')).toBe(filled);
});
