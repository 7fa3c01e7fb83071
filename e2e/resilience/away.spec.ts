/** While the host is unreachable or slow: what a supervisor sees, what is kept, and what recovers by itself. */
import type { Locator, Page } from '@playwright/test';
import { type Desk, expect, openConsole, screensFetched, test } from '../harness/desk.ts';

test.beforeEach(({ page }) => page.addInitScript(() => localStorage.setItem('switchyard.language', 'ru')).then(() => undefined));

const go = (page: Page, screen: string): Promise<void> => page.getByRole('navigation').getByRole('link', { name: screen, exact: false }).first().click();

/** Suspends the host's process and resumes it after `meanwhile`. */
async function standStill(desk: Desk, meanwhile: () => Promise<void>): Promise<void> {
  process.kill(desk.host.ready.pid, 'SIGSTOP');
  try {
    await meanwhile();
  } finally {
    process.kill(desk.host.ready.pid, 'SIGCONT');
  }
}

test('an unreachable host is reported on every screen, edits are kept, and everything recovers by itself', async ({ desk, page }) => {
  const anna = await desk.operator('Анна', 9);
  const source = await desk.source('VK', { [anna.id]: 100 });
  await desk.contact(source, 'a', 'Мария');
  await openConsole(page, desk);
  await go(page, 'Веса');
  await page.getByTestId(`weight-${anna.id}-${source.id}`).click();
  await page.keyboard.type('777');
  await page.keyboard.press('Enter');
  const draft = page.getByRole('region', { name: 'Неприменённые изменения' });
  await expect(draft).toContainText('Изменён 1 вес');
  await screensFetched(page);

  await desk.host.running.stop('SIGKILL');
  const lost = page.getByRole('status').filter({ hasText: 'Нет соединения — показано то, что было в' });
  await expect(lost).toBeVisible();
  await draft.getByRole('button', { name: 'Применить' }).click();
  await expect(page.getByRole('alert')).toContainText('Ничего не отправлено и не изменено');
  await expect(draft).toContainText('Изменён 1 вес');
  for (const screen of ['Лиды', 'Источники', 'Отчёты', 'Отказы', 'Журнал', 'Обращения']) {
    await go(page, screen);
    await expect(page.getByRole('main').getByText('Покажем сами, как только оно восстановится.')).toBeVisible();
    await expect(lost).toBeVisible();
  }

  await desk.host.restart();
  await expect(page.getByTestId('contact-row-1'), 'nobody pressed anything').toContainText('Мария', { timeout: 20_000 });
  await expect(lost).toBeHidden();
  await go(page, 'Веса');
  await expect(draft).toContainText('Изменён 1 вес');
  await draft.getByRole('button', { name: 'Применить' }).click();
  await expect(draft).toBeHidden();
  expect(await desk.host.api('GET', `/competences?source_id=${source.id}`)).toMatchObject({ items: [{ weight: 777 }] });
});

test('while the host is away every figure is hatched and has no tone, and the pulse says since when nothing was heard', async ({ desk, page }) => {
  const anna = await desk.operator('Анна', 1);
  const source = await desk.source('VK', { [anna.id]: 100 });
  for (let nth = 0; nth < 6; nth++) await desk.contact(source, `a${nth}`);
  await openConsole(page, desk);
  const [load, today, old] = [page.getByTestId('pulse-load'), page.getByTestId('pulse-today'), page.getByTestId('pulse-old')];
  const look = async (part: Locator) => part.evaluate((one) => [getComputedStyle(one).backgroundImage, getComputedStyle(one).backgroundColor]);
  await expect(load).toHaveAttribute('data-tone', 'bad');
  const count = page.getByRole('link', { name: /^Обращения/ }).locator('[class*="count"]');
  await expect(count).toHaveAttribute('data-tone', 'warn');
  const [plain, red] = await look(load);
  expect(plain).toBe('none');
  await expect(old).toHaveCount(0);
  await desk.host.running.stop('SIGKILL');
  await expect(old).toHaveText(/^\d\d:\d\d:\d\dнет связиданные на это время$/);
  expect((await look(old))[1], 'as red as a critical figure was').toBe(red);
  const [hatched, pale] = await look(load);
  expect(hatched).toContain('gradient');
  expect(pale).not.toBe(red);
  await expect(count).not.toHaveAttribute('data-tone', /./);
  expect((await look(page.getByRole('main')))[0]).toContain('gradient');
  await expect(today, 'the segment has its place').toBeHidden();
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(old).toBeInViewport({ ratio: 1 });
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.keyboard.press('F11');
  await expect(page.getByTestId('wall-load')).toHaveCSS('background-image', /gradient/);
  await page.keyboard.press('Escape');
  await desk.host.restart();
  await expect(old).toHaveCount(0, { timeout: 20_000 });
  expect(await look(load)).toEqual([plain, red]);
  await expect(today).toBeVisible();
});

test('a name and a limit typed while the host is away are kept, and saved with Enter once it is back', async ({ desk, page }) => {
  const [anna, vk] = [await desk.operator('Анна', 9), await desk.source('VK')];
  await openConsole(page, desk);
  const type = async (row: string, cell: RegExp, text: string) => {
    await page.getByTestId(row).getByRole('button', { name: cell }).click();
    await page.getByTestId(row).getByRole('textbox').fill(text);
    await page.keyboard.press('Enter');
  };
  const field = (row: string) => page.getByTestId(row).getByRole('textbox');
  await go(page, 'Источники');
  await expect(page.getByTestId(`source-${vk.id}`)).toBeVisible();
  await screensFetched(page);
  await desk.host.running.stop('SIGKILL');
  await expect(page.getByText('Нет соединения — показано')).toBeVisible();
  await type(`source-${vk.id}`, /^Название/, 'ВКонтакте');
  await expect(field(`source-${vk.id}`)).toHaveAccessibleDescription(/^Нет соединения. Ничего не отправлено и не изменено. Не сохранено./);
  await go(page, 'Операторы');
  await type(`operator-${anna.id}`, /^Лимит/, '12');
  await expect(field(`operator-${anna.id}`)).toHaveAccessibleDescription(/Не сохранено/);
  await expect(field(`operator-${anna.id}`)).toBeFocused();

  await desk.host.restart();
  await expect(page.getByText('Нет соединения — показано')).toBeHidden({ timeout: 20_000 });
  await expect(field(`operator-${anna.id}`)).toHaveValue('12');
  await field(`operator-${anna.id}`).press('Enter');
  await expect(page.getByTestId(`operator-${anna.id}`).getByRole('button', { name: 'Лимит, Анна: 12' })).toBeFocused();
  await go(page, 'Источники');
  await field(`source-${vk.id}`).press('Enter');
  await expect(page.getByTestId(`source-${vk.id}`).getByRole('button', { name: 'Название: ВКонтакте' })).toBeFocused();
  expect(await desk.host.api('GET', `/sources/${vk.id}`)).toMatchObject({ name: 'ВКонтакте' });
  expect(await desk.host.api('GET', `/operators/${anna.id}`)).toMatchObject({ max_load: 12 });
});

test('a report, a card and its lead that could not be loaded also load by themselves', async ({ desk, page }) => {
  const anna = await desk.operator('Анна', 9);
  await desk.contact(await desk.source('VK', { [anna.id]: 100 }), 'a', 'Мария');
  await openConsole(page, desk);
  await page.goto(`${desk.host.ready.apiUrl}/console/#/contacts`);
  await expect(page.getByTestId('contact-row-1')).toBeVisible();
  await screensFetched(page);
  for (const [hash, shown] of [
    ['#/contacts?contact=1', 'Обращение 1'],
    ['#/contacts?lead=1', 'Мария'],
    ['#/reports', 'Итого'],
  ] as const) {
    await desk.host.running.stop('SIGKILL');
    await expect(page.getByText('Нет соединения — показано')).toBeVisible();
    await page.evaluate((where) => {
      location.hash = where;
    }, hash);
    await expect(page.getByText('Покажем сами, как только оно восстановится.')).toBeVisible();
    await desk.host.restart();
    await expect(page.getByText('Покажем сами, как только оно восстановится.')).toBeHidden({ timeout: 20_000 });
    await expect(page.locator('main, [role="dialog"]').filter({ hasText: shown }).first()).toBeVisible();
    await page.keyboard.press('Escape');
  }
});

test('moving hundreds of contacts shows its progress and can be stopped: moved ones stay moved, the rest stays marked', async ({ desk, page }) => {
  const [anna, boris] = [await desk.operator('Анна', 1000), await desk.operator('Борис', 1000)];
  const source = await desk.source('VK', { [anna.id]: 1 });
  await Promise.all(Array.from({ length: 450 }, (_, nth) => desk.contact(source, `x${nth}`)));
  await openConsole(page, desk);
  await go(page, 'Обращения');
  await expect(page.getByRole('status').filter({ hasText: '450 обращений' })).toBeVisible();
  await page.getByRole('checkbox', { name: 'Отметить все найденные открытые' }).check();
  await expect(page.getByRole('status').filter({ hasText: 'Отмечено 450' })).toBeVisible();
  await page.keyboard.press('KeyR');
  const picker = page.getByRole('dialog').getByRole('combobox');
  await picker.fill('бор');
  await standStill(desk, async () => {
    await picker.press('Enter');
    await expect(page.getByRole('status').filter({ hasText: 'Обращения в работе: 0 из 450' })).toBeVisible();
    await page.getByRole('button', { name: 'Остановить' }).click();
  });
  await expect(page.getByText('Борис: передано 200 обращений. 250 не тронуто.')).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: 'Отмечено 250' })).toBeVisible();
  expect(await desk.host.api('GET', `/operators/${boris.id}`)).toMatchObject({ current_load: 200 });
  await page.keyboard.press('KeyU');
  await expect(page.getByText('Вернулось на место 200 обращений.')).toBeVisible();
  expect(await desk.host.api('GET', `/operators/${anna.id}`)).toMatchObject({ current_load: 450 });
});

test('an import of a thousand operators, and a slow screen, show that they are in progress', async ({ desk, page }) => {
  await desk.operator('Анна');
  await openConsole(page, desk);
  await go(page, 'Операторы');
  await page.getByRole('button', { name: 'Импорт…' }).click();
  const dialog = page.getByRole('dialog');
  const lines = Array.from({ length: 1000 }, (_, nth) => `Оператор ${nth};5`);
  const buffer = Buffer.from(`Имя;Лимит\n${lines.join('\n')}\n`);
  await dialog.locator('input[type="file"]').setInputFiles({ name: 'shift.csv', mimeType: 'text/csv', buffer });
  await expect(dialog).toContainText('Добавится 1\u00a0000');
  await standStill(desk, async () => {
    await dialog.getByRole('button', { name: 'Импортировать' }).click();
    await expect(dialog.getByRole('status').filter({ hasText: 'Записываем операторов…' })).toBeVisible();
  });
  await expect(page.getByText('Добавлено 1\u00a0000 операторов.')).toBeVisible();
  await standStill(desk, async () => {
    await go(page, 'Источники');
    await expect(page.locator('main [class*="line"]').first(), 'its shape, before it is there').toBeVisible();
  });
  await expect(page.getByText('Источников пока нет')).toBeVisible();
});
