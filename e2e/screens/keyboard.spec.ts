/** A day's work without a mouse: everything is reachable with Tab, arrows and shortcuts, and the focus is never lost. */

import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { type Desk, expect, openConsole, pasteText, test } from '../harness/desk.ts';

/** Moves the focus there with Tab, or in a menu with the arrow keys, however far that is. */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' | 'ArrowDown' = 'Tab'): Promise<void> {
  for (let steps = 0; steps < 60; steps++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  await expect(target, 'within sixty steps').toBeFocused();
}

/** Describes the focused element; `nothing` when the focus fell to the page. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement: it } = document;
    if (!it || it === document.body) return 'nothing';
    return `${it.tagName} ${(it instanceof HTMLElement && it.dataset.testid) || it.getAttribute('aria-label') || (it.textContent ?? '').slice(0, 40)}`;
  });

const keepsFocus = (page: Page, after: string) => expect.poll(() => focused(page), { message: `where the focus is after ${after}` }).not.toBe('nothing');

const row = (page: Page, id: number): Locator => page.getByTestId(`operator-row-${id}`);
const contacts = (page: Page): Locator => page.locator('[data-testid^="contact-row-"]');

/** Anna is full with two, Boris has two free slots, Vera is off line; one contact waits. */
async function scene(desk: Desk, page: Page) {
  const [anna, boris, vera] = [await desk.operator('Анна', 2), await desk.operator('Борис', 3), await desk.operator('Вера', 3)];
  const bot = await desk.source('Бот', { [anna.id]: 100 });
  await desk.host.api('PATCH', `/operators/${vera.id}`, { is_active: false });
  for (let nth = 1; nth <= 3; nth++) await desk.contact(bot, `tg-${nth}`, `Клиент ${nth}`);
  await openConsole(page, desk);
  await expect(row(page, anna.id)).toContainText('2 / 2');
  return { anna, boris, vera, bot };
}

test('the shift: a switch and its undo, a waiting contact assigned, its decision read and replayed', async ({ desk, page }) => {
  const { anna, boris } = await scene(desk, page);
  const control = page.getByRole('switch', { name: 'На линии: Анна' });
  await page.keyboard.press('KeyJ');
  await expect(row(page, boris.id), 'who is free comes first').toBeFocused();
  await page.keyboard.press('KeyJ');
  await expect(row(page, anna.id)).toBeFocused();
  await page.keyboard.press('Space');
  await expect(control).not.toBeChecked();
  await expect(row(page, anna.id)).toBeFocused();
  await expect(page.getByRole('button', { name: 'Вернуть', exact: true })).toBeVisible();
  await page.keyboard.press('KeyU');
  await expect(control).toBeChecked();
  await expect(row(page, anna.id)).toBeFocused();

  for (let nth = 0; nth < 2; nth++) await page.keyboard.press('KeyJ');
  await expect(page.getByTestId('queue-row-3')).toBeFocused();
  await page.keyboard.press('KeyR');
  await page.getByRole('dialog').getByRole('combobox').pressSequentially('бор');
  await page.keyboard.press('Enter');
  await expect(row(page, boris.id)).toContainText('1 / 3');
  await expect(page.getByTestId('queue-row-3')).toBeHidden();
  await keepsFocus(page, 'the row that was given away is gone');

  const why = page.getByTestId('recent').locator('[data-row]').filter({ hasText: 'Клиент 1' });
  for (let steps = 0; steps < 12 && !(await why.evaluate((element) => element === document.activeElement)); steps++) await page.keyboard.press('KeyJ');
  await expect(why).toBeFocused();
  await page.keyboard.press('Enter');
  const card = page.getByRole('dialog');
  await tabTo(page, card.getByRole('button', { name: 'Проверить' }));
  await page.keyboard.press('Enter');
  await expect(card.getByRole('status').filter({ hasText: 'Повтор' })).toContainText('Повтор дал то же: Анна.');
  await keepsFocus(page, 'the check');
  await page.keyboard.press('Escape');
  await expect(card).toBeHidden();
  await expect(why).toBeFocused();
});

test('contacts: found by words, marked and returned to the queue together, reassigned, closed; the keys stay with the list', async ({ desk, page }) => {
  await scene(desk, page);
  await page.keyboard.press('Digit2');
  await expect(contacts(page)).toHaveCount(3);
  await page.keyboard.press('Slash');
  await page.keyboard.type('клиент 2');
  await page.keyboard.press('Enter');
  await expect(contacts(page)).toHaveCount(1);
  await expect(contacts(page).first()).toBeFocused();
  await page.keyboard.press('KeyR');
  await page.getByRole('dialog').getByRole('combobox').pressSequentially('бор');
  await page.keyboard.press('Enter');
  await expect(contacts(page).first()).toContainText('Борис');
  await keepsFocus(page, 'it was given away');

  await page.keyboard.press('Slash');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.keyboard.press('Escape');
  await expect(contacts(page)).toHaveCount(3);
  await keepsFocus(page, 'the search is emptied');
  await page.keyboard.press('KeyX');
  await page.keyboard.press('KeyJ');
  await page.keyboard.press('KeyX');
  await expect(page.getByRole('status').filter({ hasText: 'Отмечено 2' })).toBeVisible();
  await page.keyboard.press('KeyR');
  await page.getByRole('dialog').getByRole('combobox').pressSequentially('бор');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Борис: передано 2 обращения')).toBeVisible();
  await keepsFocus(page, 'those marked were given away');
  await page.keyboard.press('KeyU');
  await expect(page.getByText(/Верну(лось|лись) на место/)).toBeVisible();
  await keepsFocus(page, 'that was taken back');

  await page.keyboard.press('Slash');
  await tabTo(page, page.getByRole('link', { name: 'Открытые' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: 'Открытые' })).toHaveAttribute('aria-current');
  await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0); // the list as it was is gone
  await expect(contacts(page)).toHaveCount(3);
  await keepsFocus(page, 'a filter was chosen');
  await page.keyboard.press('KeyJ');
  await page.keyboard.press('KeyC');
  await page.keyboard.press('KeyC');
  await expect(contacts(page)).toHaveCount(2);
  await keepsFocus(page, 'the row that was closed is gone');
  await expect(page.getByText('Выберите строку'), 'no row is meant before one is gone to').toBeVisible();
  await page.keyboard.press('KeyJ');
  await expect(contacts(page).first(), 'the next one, where the one that is gone was').toBeFocused();
});

test('weights: reached, pasted, applied with the button and undone; a preset is saved and applied', async ({ desk, page }) => {
  const { anna, bot } = await scene(desk, page);
  const cell = page.getByTestId(`weight-${anna.id}-${bot.id}`);
  const draft = page.getByTestId('weights-draft');
  await page.keyboard.press('Digit4');
  await expect(cell).toContainText('100');
  await tabTo(page, cell);
  await pasteText(page, '7\n8\n9\n');
  await expect(draft).toContainText('Изменены 3 веса');
  await tabTo(page, draft.getByRole('button', { name: 'Применить' }));
  await page.keyboard.press('Enter');
  await expect(draft).toBeHidden();
  await expect(page.locator('[data-cell][data-here]'), 'the button went away with the draft').toBeFocused();
  await expect(page.getByRole('button', { name: 'Вернуть', exact: true })).toBeVisible();
  await page.keyboard.press('KeyU');
  await expect(cell.locator('span').first()).toHaveText('100');
  await keepsFocus(page, 'that was taken back');

  const menu = page.getByRole('button', { name: 'Наборы' });
  await tabTo(page, menu, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Сохранить нынешние веса…' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Название' })).toBeFocused();
  await page.keyboard.type('День');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Набор «День» сохранён.')).toBeVisible();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(menu).toBeFocused();

  await desk.host.api('PUT', `/operators/${anna.id}/competences/${bot.id}`, { weight: 1 });
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('menuitem', { name: 'День' }), 'ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Применить' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(cell.locator('span').first()).toHaveText('100');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(menu).toBeFocused();
});

test('an operator leaves with a hand-over and comes back; a limit is typed; a report is saved as a file', async ({ desk, page }) => {
  const { anna } = await scene(desk, page);
  await desk.host.api('PUT', '/operators/2/competences/1', { weight: 1 });
  await page.keyboard.press('Digit5');
  const state = page.getByRole('button', { name: /^Состояние, Анна:/ });
  await tabTo(page, state);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Перерыв' })).toBeFocused();
  await page.keyboard.press('Enter');
  const question = page.getByRole('dialog');
  await tabTo(page, question.getByRole('radio', { name: 'Оставить' }), 'Shift+Tab');
  await page.keyboard.press('ArrowDown');
  await expect(question.getByRole('radio', { name: 'Передать тем, кто может взять' })).toBeChecked();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Анна: перерыв; передано 2')).toBeVisible();
  await expect(question).toBeHidden();
  await expect(state).toBeFocused();
  await page.keyboard.press('KeyU');
  await expect(page.getByText('Вернулись на место 2 обращения.')).toBeVisible();
  await keepsFocus(page, 'the leave was taken back');

  const limit = page.getByRole('button', { name: 'Лимит, Анна' });
  await tabTo(page, limit, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('5');
  await page.keyboard.press('Enter');
  await expect(limit).toHaveText('5');
  await expect(limit).toBeFocused();
  expect(await desk.host.api('GET', `/operators/${anna.id}`)).toMatchObject({ max_load: 5 });

  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Найти что угодно' })).toBeFocused();
  await page.keyboard.type('отч');
  await expect(page.getByRole('dialog').getByRole('option').first()).toContainText('Отчёты');
  await page.keyboard.press('Enter');
  const save = page.getByRole('button', { name: 'Скачать' });
  await expect(save).toBeVisible();
  await tabTo(page, save);
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('menuitem', { name: 'CSV' }), 'ArrowDown');
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  expect(readFileSync(await download.path(), 'utf8')).toContain('Поступило');
  await expect(save).toBeFocused();
});
