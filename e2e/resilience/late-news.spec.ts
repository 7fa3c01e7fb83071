/** A change travels separately from the answer: a console shows the target state until its board has reached it, however late. */
import type { Page } from '@playwright/test';
import { Between } from '../harness/between.ts';
import { expect, openConsole, test } from '../harness/desk.ts';

/** Advances the page by two seconds. */
const later = (page: Page): Promise<void> => page.clock.runFor(2_000);

test.beforeEach(({ page }) => page.clock.install());

test('a switch keeps its new position until the board confirms it', async ({ desk, page }) => {
  const anna = await desk.operator('Анна');
  const between = await Between.stand(page);
  await openConsole(page, desk);
  const control = page.getByRole('switch', { name: 'На линии: Анна' });
  await expect(control).toBeChecked();
  const letThrough = between.keepNewsBack();
  await control.press('Space');
  await expect.poll(() => between.answered).toContain('updateOperator');
  await later(page);
  await expect(control).toBeChecked({ checked: false });
  await expect(control).toHaveAttribute('aria-busy', 'true');
  letThrough();
  await expect(control).not.toHaveAttribute('aria-busy');
  await expect(control).toBeChecked({ checked: false });
  expect(await desk.host.api('GET', `/operators/${anna.id}`)).toMatchObject({ is_active: false });
});

test('an edited cell never shows its former value again', async ({ desk, page }) => {
  await desk.operator('Анна', 10);
  const between = await Between.stand(page);
  await openConsole(page, desk);
  await page.getByRole('link', { name: 'Операторы' }).click();
  await page.getByRole('button', { name: 'Лимит, Анна: 10' }).click();
  const letThrough = between.keepNewsBack();
  const field = page.getByRole('textbox', { name: 'Лимит, Анна' });
  await field.fill('12');
  await field.press('Enter');
  await expect.poll(() => between.answered).toContain('updateOperator');
  await later(page);
  await expect(field).toHaveValue('12');
  letThrough();
  await expect(page.getByRole('button', { name: 'Лимит, Анна: 12' })).toBeVisible();
});

test('a draft of weights counts as being applied until the grid has them', async ({ desk, page }) => {
  const anna = await desk.operator('Анна');
  const source = await desk.source('VK', { [anna.id]: 7 });
  const between = await Between.stand(page);
  await openConsole(page, desk);
  await page.getByRole('link', { name: 'Веса' }).click();
  const cell = page.getByRole('gridcell').filter({ hasText: '7' });
  await cell.click();
  await page.keyboard.type('9');
  await page.keyboard.press('Enter');
  const draft = page.getByTestId('weights-draft');
  const letThrough = between.keepNewsBack();
  await draft.getByRole('button', { name: 'Применить' }).click();
  await expect.poll(() => between.answered).toContain('saveWeights');
  await later(page);
  await expect(draft).toHaveAttribute('aria-busy', 'true');
  letThrough();
  await expect(draft).toHaveCount(0);
  await expect(page.getByRole('gridcell').filter({ hasText: '9' })).toBeVisible();
  const { items } = await desk.host.api<{ items: { weight: number }[] }>('GET', `/competences?source_id=${source.id}`);
  expect(items.map(({ weight }) => weight)).toEqual([9]);
});
