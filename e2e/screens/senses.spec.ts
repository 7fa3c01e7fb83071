/** Preferences of the operating system: forced colours and reduced motion. */
import type { Locator } from '@playwright/test';
import { expect, test } from '../harness/desk.ts';

const style = (
  part: Locator,
  name: 'backgroundColor' | 'backgroundImage' | 'backgroundPositionX' | 'color' | 'outlineStyle' | 'outlineColor' | 'borderStyle',
) => part.evaluate((element, property) => getComputedStyle(element)[property], name);

test('with forced colours, states such as on, selected, full and focused stay distinguishable', async ({ desk, console: page }) => {
  const anna = await desk.operator('Анна', 4);
  const boris = await desk.operator('Борис', 4);
  const source = await desk.source('VK', { [anna.id]: 100 });
  await desk.host.api('PATCH', `/operators/${boris.id}`, { is_active: false });
  await desk.contact(source, 'a');
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
  const toggles = ['Анна', 'Борис'].map((name) => page.getByRole('switch', { name: `На линии: ${name}` }));
  const painted = [];
  for (const one of toggles) {
    await expect(one).toBeVisible();
    expect(await style(one, 'backgroundImage')).toContain('gradient');
    painted.push(`${await style(one, 'backgroundColor')} ${await style(one, 'backgroundPositionX')}`);
  }
  expect(painted[0]).not.toBe(painted[1]);
  const bar = page.getByTestId(`operator-row-${anna.id}`).locator('[class*="track"]');
  expect(await style(bar, 'backgroundImage')).toContain('gradient');

  /** A selected item has another background than the rest, with readable text. */
  const tellsApart = async (chosen: Locator, other: Locator) => {
    const [on, off] = [await style(chosen, 'backgroundColor'), await style(other, 'backgroundColor')];
    expect(on).not.toBe(off);
    expect(on).not.toBe(await style(chosen, 'color'));
  };
  const link = (name: string) => page.getByRole('navigation').getByRole('link', { name });
  await tellsApart(link('Смена'), link('Веса'));
  await page.keyboard.press('Control+k');
  const options = page.getByRole('dialog').getByRole('option');
  await tellsApart(options.nth(0), options.nth(1));
  expect(await style(page.getByRole('dialog'), 'borderStyle')).toBe('solid');
  await page.keyboard.press('Escape');
  await link('Настройки').click();
  await tellsApart(page.getByText('Русский', { exact: true }).locator('..'), page.getByText('English', { exact: true }).locator('..'));
  const field = page.getByRole('textbox', { name: 'Порт HTTP' });
  await field.focus();
  expect(await style(field, 'outlineStyle')).toBe('solid');
  await link('Веса').click();
  const cell = (operator: number) => page.getByTestId(`weight-${operator}-${source.id}`);
  await cell(anna.id).click();
  await page.keyboard.press('Shift+ArrowDown');
  await tellsApart(cell(anna.id), page.getByRole('columnheader').first());
  expect(await style(cell(boris.id), 'outlineColor')).not.toBe(await style(cell(boris.id), 'backgroundColor'));
});

test('nothing moves with reduced motion', async ({ desk, console: page }) => {
  const anna = await desk.operator('Анна', 4);
  await desk.contact(await desk.source('VK', { [anna.id]: 100 }), 'a');
  const control = page.getByRole('switch', { name: 'На линии: Анна' });
  const moving = () => control.evaluate((element) => getComputedStyle(element).transitionProperty);
  await expect(control).toBeChecked();
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  expect(await moving()).toBe('background-position');
  await page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await moving()).toBe('none');
});
