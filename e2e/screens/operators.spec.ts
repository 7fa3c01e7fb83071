import { readFile, writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { zipSync } from 'fflate';
import type { Operator } from '#shared/contract/entities.ts';
import { Between } from '../harness/between.ts';
import { type Desk, expect, openConsole, pasteText, test } from '../harness/desk.ts';
import { workbook } from '../harness/workbook.ts';

const open = (page: Page) => page.getByRole('link', { name: 'Операторы' }).click();
const row = (page: Page, { id }: { id: number }) => page.getByTestId(`operator-${id}`);
const current = (desk: Desk, { id }: { id: number }) => desk.host.api<Operator>('GET', `/operators/${id}`);

test('an operator takes a break: contacts that others can take are previewed and handed over, the rest stays', async ({ desk, console: page }) => {
  const anna = await desk.operator('Анна', 3);
  const bot = await desk.source('Бот', { [anna.id]: 1 });
  for (let nth = 0; nth < 3; nth++) await desk.contact(bot, `x${nth}`);
  const boris = await desk.operator('Борис', 2);
  await desk.host.api('PUT', `/operators/${boris.id}/competences/${bot.id}`, { weight: 1 });
  await open(page);
  await row(page, anna)
    .getByRole('button', { name: /^Состояние, Анна: на линии/ })
    .click();
  await page.getByRole('menuitem', { name: 'Перерыв' }).click();
  const question = page.getByRole('dialog');
  await expect(question).toContainText('За оператором 3 обращения. Что с ними сделать?');
  await expect(question).toContainText('Возьмут другие: 2 (Борис ≈ 2). Останется за оператором: 1.');
  await desk.host.api('PATCH', `/operators/${boris.id}`, { max_load: 1 });
  await expect(question, 'what is foreseen follows the desk').toContainText('Возьмут другие: 1 (Борис ≈ 1). Останется за оператором: 2.');
  await desk.host.api('PATCH', `/operators/${boris.id}`, { max_load: 2 });
  await expect(question).toContainText('Возьмут другие: 2 (Борис ≈ 2).');
  await question.getByRole('radio', { name: 'Передать тем, кто может взять' }).check();
  await question.getByRole('button', { name: 'Снять с линии' }).click();
  await expect(page.getByText('Анна: перерыв; передано 2, осталось 1.')).toBeVisible();
  expect(await current(desk, anna)).toMatchObject({ is_active: false, inactive_reason: 'break', current_load: 1 });
  expect(await current(desk, boris)).toMatchObject({ current_load: 2 });
  await row(page, anna)
    .getByRole('button', { name: /^Состояние, Анна/ })
    .click();
  await page.getByRole('menuitem', { name: 'На линию' }).click();
  await expect(row(page, anna)).toContainText('на линии');
});

test('a notice that an operator left with contacts offers to hand them out, on the operators screen, the live screen and from the palette, and that can be undone', async ({
  desk,
  console: page,
}) => {
  const [anna, boris] = [await desk.operator('Анна', 4), await desk.operator('Борис', 2)];
  const bot = await desk.source('Бот', { [anna.id]: 1 });
  for (let nth = 0; nth < 3; nth++) await desk.contact(bot, `x${nth}`);
  await desk.host.api('PUT', `/operators/${boris.id}/competences/${bot.id}`, { weight: 1 });
  await page.getByRole('link', { name: 'Смена' }).click();
  await page.getByRole('switch', { name: 'На линии: Анна' }).press('Space');
  await expect(page.getByText('Анна: не на линии. За оператором остаются 3 обращения.')).toBeVisible();
  await page.getByRole('button', { name: 'Раздать 3' }).click();
  await expect(page.getByText('Анна: передано 2, ждёт 1.')).toBeVisible();
  expect(await current(desk, anna)).toMatchObject({ is_active: false, current_load: 0 });
  expect(await current(desk, boris)).toMatchObject({ current_load: 2 });
  await page.getByRole('button', { name: 'Вернуть', exact: true }).last().click();
  await expect(page.getByText('Возвращено, как было. Вернулись на место 3 обращения.')).toBeVisible();
  expect(await current(desk, anna)).toMatchObject({ is_active: false, current_load: 3 });
  await desk.host.api('PATCH', `/operators/${anna.id}`, { is_active: true });

  await open(page);
  const choose = async (reason: string) => {
    await row(page, anna)
      .getByRole('button', { name: /^Состояние, Анна/ })
      .click();
    await page.getByRole('menuitem', { name: reason }).click();
  };
  await choose('Обед');
  await page.getByRole('dialog').getByRole('button', { name: 'Снять с линии' }).click();
  await expect(page.getByText('Анна: обед; осталось 3.')).toBeVisible();
  await expect(row(page, anna)).toContainText('обед');
  await page.screenshot({ path: 'screenshots/ru-light-hand-out.png' });
  await desk.host.api('PATCH', `/operators/${anna.id}`, { is_active: true });
  await expect(row(page, anna)).toContainText('на линии');
  await page.getByRole('button', { name: 'Раздать 3' }).click();
  await expect(page.getByText('Анна: снова на линии. Обращения остались за оператором.')).toBeVisible();
  expect(await current(desk, anna)).toMatchObject({ is_active: true, current_load: 3 });

  await choose('Болен');
  const question = page.getByRole('dialog');
  await expect(question.getByRole('radio', { name: 'Вернуть все в очередь' })).toBeChecked();
  await question.getByRole('button', { name: 'Снять с линии' }).click();
  await expect(page.getByText('Анна: болен; передано 2, ждёт 1.')).toBeVisible();
  expect(await current(desk, anna)).toMatchObject({ is_active: false, inactive_reason: 'sick', current_load: 0 });
});

test('the button of the question stays under the pointer while what is foreseen arrives', async ({ desk, page }) => {
  const asked: (() => void)[] = [];
  await page.routeWebSocket(/\/console\/ws/, (console) => {
    const host = console.connectToServer();
    console.onMessage((message) => {
      if (message.includes('heldContacts')) asked.push(() => host.send(message));
      else host.send(message);
    });
  });
  await page.addInitScript(() => localStorage.setItem('switchyard.language', 'ru'));
  const [anna, ...others] = [
    await desk.operator('Анна', 9),
    await desk.operator('Борис Константинопольский', 2),
    await desk.operator('Вера Благовещенская', 2),
  ];
  const bot = await desk.source('Бот', { [anna.id]: 1 });
  for (let nth = 0; nth < 5; nth++) await desk.contact(bot, `x${nth}`);
  for (const other of others) await desk.host.api('PUT', `/operators/${other.id}/competences/${bot.id}`, { weight: 1 });
  await openConsole(page, desk);
  await open(page);
  await row(page, anna)
    .getByRole('button', { name: /^Состояние, Анна/ })
    .click();
  await page.getByRole('menuitem', { name: 'Болен' }).click();
  const question = page.getByRole('dialog');
  await question.getByRole('button', { name: 'Снять с линии' }).hover();
  await page.mouse.down();
  await expect.poll(() => asked.length).toBe(1);
  asked[0]?.();
  await expect(question).toContainText('Возьмут другие: 4 (Борис Константинопольский ≈ 2, Вера Благовещенская ≈ 2).');
  await page.screenshot({ path: 'screenshots/ru-light-leave.png' });
  await page.mouse.up();
  await expect(page.getByText('Анна: болен; передано 4, ждёт 1.')).toBeVisible();
});

test('undoing a leave also returns the contacts, and says how many it could not and why', async ({ desk, console: page }) => {
  const [anna, boris] = [await desk.operator('Анна', 4), await desk.operator('Борис', 9)];
  const bot = await desk.source('Бот', { [anna.id]: 1 });
  const came = [];
  for (let nth = 0; nth < 4; nth++) came.push(await desk.contact(bot, `x${nth}`));
  await desk.host.api('PUT', `/operators/${boris.id}/competences/${bot.id}`, { weight: 1 });
  const leave = async () => {
    await row(page, anna)
      .getByRole('button', { name: /^Состояние, Анна/ })
      .click();
    await page.getByRole('menuitem', { name: 'Снять с линии' }).click();
    await page.getByRole('dialog').getByRole('radio', { name: 'Вернуть все в очередь' }).check();
    await page.getByRole('dialog').getByRole('button', { name: 'Снять с линии' }).click();
  };
  await open(page);
  await leave();
  await expect(row(page, boris)).toContainText('4 / 9');
  await page.getByRole('button', { name: 'Вернуть', exact: true }).click();
  await expect(page.getByText('Возвращено, как было. Вернулись на место 4 обращения.')).toBeVisible();
  await expect(row(page, anna)).toContainText('4 / 4');
  await expect(row(page, anna)).toContainText('на линии');
  await expect(row(page, boris)).toContainText('0 / 9');

  await leave();
  await expect(row(page, boris)).toContainText('4 / 9');
  await desk.host.api('POST', `/contacts/${came[0]?.id}/close`, {});
  await desk.host.api('PATCH', `/operators/${anna.id}`, { max_load: 1 });
  await page.getByRole('link', { name: 'Журнал' }).click();
  await page
    .getByRole('row')
    .filter({ hasText: 'на линии → ' })
    .first()
    .getByRole('button', { name: /^Вернуть/ })
    .click();
  await expect(page.getByText('Вернулось на место 1 обращение. 1 уже закрыто. 2 остались, где были: Анна — мест больше нет.')).toBeVisible();
  expect(await current(desk, anna)).toMatchObject({ is_active: true, current_load: 1 });
});

test('changes of an operator can be undone, and archived operators can be restored', async ({ desk, console: page }) => {
  const anna = await desk.operator('Анна', 3);
  const bot = await desk.source('Бот', { [anna.id]: 70 });
  await open(page);
  await row(page, anna).getByRole('button', { name: 'Лимит, Анна' }).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('9');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Анна: сохранено.')).toBeVisible();
  await page.getByRole('button', { name: 'Вернуть', exact: true }).click();
  await expect.poll(async () => (await current(desk, anna)).max_load).toBe(3);
  await expect(page.getByText('Анна: сохранено.')).toBeHidden(); // a toast takes a moment to go

  const archive = async () => {
    await row(page, anna).getByRole('button', { name: 'В архив: Анна' }).click();
    await expect(row(page, anna)).toBeHidden();
  };
  await archive();
  await page.getByRole('button', { name: 'Вернуть', exact: true }).click();
  await expect(row(page, anna)).toBeVisible();
  expect(await desk.host.api('GET', `/competences?source_id=${bot.id}`)).toMatchObject({ items: [{ operator_id: anna.id, weight: 70 }] });

  await archive();
  await page.getByText('В архиве 1 оператор').click();
  await page.getByRole('button', { name: 'Вернуть из архива: Анна' }).click();
  await expect(row(page, anna)).toContainText('не на линии');
});

test('a name that cannot be saved stays in its field with the reason next to it; Enter retries, Esc cancels', async ({ desk, console: page }) => {
  const anna = await desk.operator('Анна');
  await desk.operator('Борис');
  await open(page);
  const shown = row(page, anna).getByRole('button', { name: /^Имя: / });
  const field = row(page, anna).getByRole('textbox', { name: 'Имя' });
  await shown.click();
  await field.fill('Борис');
  await field.press('Enter');
  await expect(field).toHaveAccessibleDescription('Это имя уже занято. Выберите другое. Не сохранено. Enter — ещё раз, Esc — оставить как было.');
  await expect(field).toHaveValue('Борис');
  await expect(field).toBeFocused();

  await page.getByRole('link', { name: 'Источники' }).click();
  await open(page);
  await expect(field, 'another screen was looked at meanwhile').toHaveValue('Борис');
  await expect(row(page, anna).getByRole('alert')).toContainText('Не сохранено');
  await field.click();
  await field.fill('Борислав');
  await expect(row(page, anna).getByRole('alert')).toBeHidden();
  await field.press('Enter');
  await expect(shown).toHaveText('Борислав');
  await expect(shown).toBeFocused();
  expect((await current(desk, anna)).name).toBe('Борислав');

  await page.keyboard.press('Enter');
  await field.fill('Борис');
  await page.keyboard.press('Tab');
  await expect(row(page, anna).getByRole('alert'), 'leaving saves, too').toContainText('Это имя уже занято');
  await expect(field).not.toBeFocused();
  await field.press('Escape');
  await expect(shown).toHaveText('Борислав');
  await expect(shown).toBeFocused();
});

test('operators are imported from a spreadsheet: errors row by row first, then everything in one step, which is undone as one', async ({
  desk,
  console: page,
}) => {
  const anna = await desk.operator('Анна', 3);
  const bot = await desk.source('Бот', { [anna.id]: 70 });
  await open(page);
  await page.getByRole('button', { name: 'Импорт…' }).click();
  const dialog = page.getByRole('dialog');
  const choose = (name: string, buffer: Buffer) => dialog.locator('input[type="file"]').setInputFiles({ name, mimeType: '', buffer });

  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Скачать образец' }).click();
  expect(await readFile(await (await download).path(), 'utf8')).toBe('\ufeff"Имя";"Лимит";"На линии";"Бот"\r\n"Анна";3;"да";70\r\n');

  const reader = page.waitForEvent('worker'); // the policy allows this worker, which keeps the page responsive
  await choose('old.xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0]));
  await expect(dialog.getByRole('alert')).toContainText('старый формат XLS');
  expect((await reader).url()).toMatch(/\/assets\/file-reader-[\w-]+\.js$/);
  await choose('huge.xlsx', Buffer.from(zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(50_000_001) })));
  await expect(dialog.getByRole('alert')).toContainText('слишком много данных');
  await choose(`${'очень_длинное_имя_'.repeat(9)}.csv`, Buffer.from('Имя;Лимит\nАнна;3\n'));
  for (const name of ['Выбрать файл…', 'Импортировать']) await expect(dialog.getByRole('button', { name })).toBeInViewport({ ratio: 1 });
  await choose('bad.csv', Buffer.from('Имя;Лимит;Бот\nАнна;много;5\n<img src=x onerror=alert(1)>;4;7\n'));
  await expect(dialog.getByRole('row').nth(1)).toContainText('«много»: лимит — целое от 0 до 10 000');
  await expect(dialog.getByRole('row').nth(2)).toContainText('<img src=x onerror=alert(1)>');
  await expect(dialog.getByRole('button', { name: 'Импортировать' })).toBeDisabled();
  await dialog.getByRole('checkbox', { name: 'Импортировать строку 2, Анна' }).click(); // a row with an error can be left out
  await expect(dialog).toContainText('Добавится 1');
  await expect(dialog.getByRole('button', { name: 'Импортировать' })).toBeEnabled();
  await choose('open.csv', Buffer.from('Имя;Лимит\nБорис;2\n"Анна;3\n'));
  await expect(dialog.getByRole('alert')).toContainText('Кавычка в строке 3 не закрыта');
  await choose('summary.csv', Buffer.from('Оператор;Смена\nАнна;утро\nИтого;2\n'));
  await expect(dialog).toContainText('пропущены: Смена');
  await expect(dialog).toContainText('Итоги не импортируются: строки 3.');

  await choose('large.xlsx', workbook([['Имя', 'Лимит', 'Бот'], ...Array.from({ length: 4_500 }, (_, nth) => [`Оператор номер ${nth + 1}`, 10, 100])]));
  await expect(dialog).toContainText('Добавится 4\u00a0500');
  await expect(dialog).toContainText('Показаны первые 200 строк из 4\u00a0500');
  await choose('two.xlsx', workbook([['Как заполнять'], ['Впишите имена']], [['Список'], [''], ['ФИО', 'Лимит'], ['Вера', 4]]));
  await expect(dialog.getByText('two.xlsx · Лист2')).toBeVisible();
  await expect(dialog.getByRole('row').nth(1)).toHaveText('4Верановый: лимит 4, на линии');
  await choose(
    'shift.xlsx',
    workbook([
      ['Имя', 'Лимит', 'Бот'],
      ['АННА', 5, 10],
      ['Борис', '', 20],
      ['', '', ''],
    ]),
  );
  await expect(dialog.getByRole('row').nth(1)).toContainText('лимит 3 → 5, Бот 70 → 10');
  await expect(dialog.getByRole('row').nth(2)).toContainText('новый: лимит 10 (обычный), на линии, Бот 20');
  await expect(dialog).toContainText('Добавится 1, изменится 1');
  await desk.host.api('PATCH', `/operators/${anna.id}`, { max_load: 4 });
  await expect(dialog.getByRole('row').nth(1), 'somebody else changed it meanwhile').toContainText('лимит 4 → 5');
  await desk.host.api('PATCH', `/operators/${anna.id}`, { max_load: 3 });
  await expect(dialog.getByRole('row').nth(1)).toContainText('лимит 3 → 5');
  await dialog.getByRole('button', { name: 'Импортировать' }).click();
  await expect(page.getByText('Добавлен 1 оператор. Изменён 1.')).toBeVisible();
  const pairs = async () => (await desk.host.api<{ items: { weight: number }[] }>('GET', `/competences?source_id=${bot.id}`)).items.map(({ weight }) => weight);
  expect(await pairs()).toEqual([10, 20]);
  expect((await current(desk, anna)).max_load).toBe(5);
  await page.getByRole('button', { name: 'Вернуть', exact: true }).click();
  await expect.poll(pairs).toEqual([70]);
  expect((await current(desk, anna)).max_load).toBe(3);
});

test('a table is pasted into the import, and a corrected file can be chosen again under the same name', async ({ desk, console: page }) => {
  await desk.operator('Анна', 3);
  await open(page);
  await page.getByRole('button', { name: 'Импорт…' }).click();
  const dialog = page.getByRole('dialog');
  await pasteText(page, 'Имя\tЛимит\r\nАнна\t3\r\n');
  await expect(dialog).toContainText('Менять нечего: всё уже как в этой таблице.');
  await expect(dialog.getByRole('row').nth(1)).toContainText('без изменений');
  await expect(dialog.getByRole('button', { name: 'Импортировать' })).toBeDisabled();

  const file = test.info().outputPath('смена.csv');
  const choose = async () => {
    const chooser = page.waitForEvent('filechooser');
    await dialog.getByRole('button', { name: 'Выбрать файл…' }).click();
    await (await chooser).setFiles(file);
  };
  await writeFile(file, 'Имя;Лимит\nАнна;много\n');
  await choose();
  await expect(dialog).toContainText('Ошибка в 1 строке');
  expect(await dialog.locator('input[type="file"]').inputValue(), 'a browser says nothing when what is chosen is chosen already').toBe('');
  await writeFile(file, 'Имя;Лимит\nАнна;4\n');
  await choose();
  await expect(dialog.getByRole('row').nth(1)).toContainText('лимит 3 → 4');
});

test('operators are found by state and by name, also through the address, and Enter moves from the search to the row', async ({ desk, console: page }) => {
  const [anna, boris, vera] = [await desk.operator('Анна', 3), await desk.operator('Борис', 0), await desk.operator('Вера', 3)];
  await desk.host.api('PATCH', `/operators/${vera.id}`, { is_active: false });
  await desk.source('Бот', { [anna.id]: 5, [boris.id]: 5 });
  await open(page);
  const filters = page.getByRole('list', { name: 'Кого показать' });
  await expect(filters).toHaveText('Все 3На линии 2Не на линии 1Полные 1Без весов 1');
  await filters.getByRole('link', { name: 'Не на линии' }).click();
  await expect(row(page, vera)).toBeVisible();
  await expect(row(page, anna)).toBeHidden();
  await desk.host.api('PATCH', `/operators/${anna.id}`, { is_active: false });
  await expect(row(page, anna)).toBeVisible();
  await filters.getByRole('link', { name: 'Все' }).click();
  await page.keyboard.press('/');
  await page.keyboard.type(',jh'); // the wrong keyboard layout
  await expect(row(page, anna)).toBeHidden();
  await page.keyboard.press('Enter');
  await expect(row(page, boris)).toBeFocused();
  await page.reload();
  await expect(row(page, boris)).toBeVisible();
  await expect(row(page, anna)).toBeHidden();
  await page.getByRole('searchbox', { name: 'Поиск операторов' }).fill('никто');
  await page.getByRole('button', { name: 'Снять все фильтры' }).click();
  await expect(row(page, vera)).toBeVisible();
});

test('the largest allowed import is accepted, with weights for every source', async ({ desk, console: page }) => {
  const names = Array.from({ length: 12 }, (_, nth) => `Источник ${nth + 1}`);
  const last = (await Promise.all(names.map((name) => desk.source(name)))).at(-1);
  await open(page);
  await page.getByRole('button', { name: 'Импорт…' }).click();
  const dialog = page.getByRole('dialog');
  const lines = Array.from({ length: 5_000 }, (_, nth) => [`Оператор ${nth + 1}`, ...names.map(() => 1 + (nth % 1000))].join(';'));
  const buffer = Buffer.from([['Имя', ...names].join(';'), ...lines].join('\r\n'));
  await dialog.locator('input[type="file"]').setInputFiles({ name: 'all.csv', mimeType: 'text/csv', buffer });
  await expect(dialog).toContainText('Добавится 5\u00a0000');
  await dialog.getByRole('button', { name: 'Импортировать' }).click();
  await expect(page.getByText('Добавлено 5\u00a0000 операторов.')).toBeVisible({ timeout: 240_000 }); // a busy machine takes more than a minute
  const { items } = await desk.host.api<{ items: unknown[] }>('GET', `/competences?source_id=${last?.id}`);
  expect(items.length).toBe(5_000);
});

test('an import that takes the host longer than other changes may is not called lost', async ({ desk, page }) => {
  await page.clock.install();
  const between = await Between.stand(page);
  await openConsole(page, desk);
  await open(page);
  await page.getByRole('button', { name: 'Импорт…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('input[type="file"]').setInputFiles({ name: 'shift.csv', mimeType: 'text/csv', buffer: Buffer.from('Имя;Лимит\nЗоя;5\nИнна;5\n') });
  between.let('held');
  await dialog.getByRole('button', { name: 'Импортировать' }).click();
  await expect.poll(() => between.sent).toHaveLength(1);
  await page.clock.fastForward(20_000); // in one leap, in which no ping can be overdue
  await expect(dialog.getByRole('alert')).toHaveCount(0);
  between.release();
  await expect(page.getByText('Добавлены 2 оператора.')).toBeVisible();
});
