/** A shift in the real window, from an empty folder to the next start: a user with mouse and keyboard, while bots post to the port. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { readSheet } from 'read-excel-file/node';
import type { Contact } from '#shared/contract/entities.ts';
import { call } from '#shells/testing/host-process.ts';
import { runInShell, showsFigure } from '../harness/desk.ts';
import { workbook } from '../harness/workbook.ts';
import { Desktop, expect, noonZone, test } from './desktop.ts';

const launch = { language: null, env: { LC_ALL: 'ru_RU.UTF-8', TZ: noonZone() } } as const;
test.use({ launch });

const go = (page: Page, screen: string): Promise<void> => page.getByRole('navigation').getByRole('link', { name: screen, exact: false }).first().click();
const shift = (page: Page, name: string): Locator => page.getByTestId(/^operator-row-/).filter({ hasText: name });
const row = (page: Page, text: string): Locator => page.getByRole('main').getByRole('row').filter({ hasText: text });

/** Records sounds and system notifications, and answers save dialogs. */
async function overhear({ app, page }: Desktop, folder: string): Promise<void> {
  await app.evaluate(({ Notification, dialog }, place) => {
    const titles: string[] = [];
    Object.assign(globalThis, { titles });
    Notification.isSupported = () => true;
    Notification.prototype.show = function () {
      titles.push(this.title);
    };
    dialog.showSaveDialog = async (...given: unknown[]) => {
      const { defaultPath } = given.at(-1) as { defaultPath: string };
      return { canceled: false, filePath: `${place}/${defaultPath.split('/').pop()}` };
    };
  }, folder);
  await page.evaluate(() => {
    const heard: number[] = [];
    Object.assign(window, { heard });
    const { start } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function (when) {
      heard.push(this.frequency.value);
      start.call(this, when);
    };
  });
}

/** Pastes from a spreadsheet: through the system clipboard and Ctrl+V. */
async function paste({ app, page }: Desktop, text: string): Promise<void> {
  await app.evaluate(({ clipboard }, words) => clipboard.writeText(words), text);
  await page.keyboard.press('Control+v');
}

const copied = ({ app }: Desktop): Promise<string> => app.evaluate(({ clipboard }) => clipboard.readText());

/** Takes an operator off line for this reason, and chooses what happens to the contacts. */
async function leave(page: Page, name: string, reason: string, way: string, expected?: string): Promise<void> {
  await go(page, 'Операторы');
  await page.getByRole('button', { name: `Состояние, ${name}:` }).click();
  await page.getByRole('menuitem', { name: reason }).click();
  const question = page.getByRole('dialog');
  if (expected) await expect(question).toContainText(expected);
  await question.getByRole('radio', { name: way }).check();
  await question.getByRole('button', { name: 'Снять с линии' }).click();
  await expect(question).toBeHidden();
}

test("a supervisor's day in the window: setting up a shift, a peak, moving work, an explanation, undone mistakes, a hand-over, and the next start", async ({
  desktop,
  dataDir,
}) => {
  const { page } = desktop;
  const dialog = page.getByRole('dialog');
  const files = join(dataDir, '..', 'files');
  mkdirSync(files);
  await overhear(desktop, files);
  const keys: string[] = [];
  const bot = async (nth: number, contact: object): Promise<Contact> =>
    (await call<Contact>(desktop.apiUrl, keys[nth] ?? '', 'POST', '/contacts', contact)).body;

  await test.step('the first start leads to the first operator, the first source and its command for the terminal, and shows the contact that it submits', async () => {
    await page.getByRole('textbox', { name: 'Имя нового оператора' }).fill('Анна Петрова');
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Название нового источника' }).fill('Telegram');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Скопировать ключ' }).click();
    await expect(page.getByTestId('api-key')).toHaveText(await copied(desktop));
    keys.push(await copied(desktop));
    await page.getByRole('button', { name: 'Скопировать строку' }).click();
    await expect.poll(() => copied(desktop)).toContain('curl');
    expect(await runInShell(await copied(desktop))).toMatchObject({ status: 'assigned', operator: { name: 'Анна Петрова' } });
    await expect(page.getByText('Первое обращение пришло')).toBeVisible();
    await desktop.picture('day-1-first');
    await page.getByRole('button', { name: 'Открыть смену' }).click();
    await expect(shift(page, 'Анна')).toContainText('1 / 10');
  });

  await test.step('the other operators come from a workbook, a second bot gets a key, and a limit is corrected in its row', async () => {
    await go(page, 'Операторы');
    await page.getByRole('button', { name: 'Лимит, Анна Петрова' }).click();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('2');
    await page.keyboard.press('Enter');
    await expect(page.getByText('Анна Петрова: сохранено.')).toBeVisible();
    const file = join(files, 'shift.xlsx');
    writeFileSync(
      file,
      workbook([
        ['Имя', 'Лимит', 'На линии'],
        ['Борис Ким', 2, 'да'],
        ['Вера Ли', 3, 'нет'],
        ['Глеб Орлов', 2, 'да'],
      ]),
    );
    await page.getByRole('button', { name: 'Импорт…' }).click();
    await dialog.locator('input[type="file"]').setInputFiles(file);
    await expect(dialog).toContainText('Добавятся 3');
    await desktop.picture('day-2-import');
    await dialog.getByRole('button', { name: 'Импортировать' }).click();
    await expect(page.getByText('Добавлены 3 оператора.')).toBeVisible();

    await go(page, 'Источники');
    await page.getByRole('textbox', { name: 'Название нового источника' }).fill('Сайт');
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: 'Скопировать ключ' }).click();
    await expect(dialog.getByRole('button', { name: 'Скопировано' })).toBeVisible();
    keys.push(await copied(desktop));
    await dialog.getByRole('button', { name: 'Готово, ключ сохранён' }).click();
    await expect(dialog).toBeHidden();
  });

  await test.step('the night weights are pasted from a spreadsheet and saved as a preset, then the day weights', async () => {
    const draft = page.getByRole('region', { name: 'Неприменённые изменения' });
    await go(page, 'Веса');
    await page.getByTestId('weight-1-2').click(); // columns by name: Сайт, Telegram
    await paste(desktop, '0\t0\r\n0\t0\r\n100\t100\r\n0\t100\r\n');
    await expect(draft).toBeVisible();
    await page.keyboard.press('Control+s');
    await expect(draft).toBeHidden();
    await page.getByRole('button', { name: 'Наборы' }).click();
    await page.getByRole('menuitem', { name: 'Сохранить нынешние веса…' }).click();
    await page.getByRole('textbox', { name: 'Название' }).fill('Ночь');
    await page.keyboard.press('Enter');
    await expect(page.getByText('Набор «Ночь» сохранён.')).toBeVisible();
    await expect(dialog).toBeHidden();
    await page.getByTestId('weight-1-2').click();
    await paste(desktop, '100\t300\r\n100\t100\r\n100\t100\r\n100\t100\r\n');
    await expect(draft).toContainText('Изменено 5 весов');
    await desktop.picture('day-3-weights');
    await draft.getByRole('button', { name: 'Применить' }).click();
    await expect(draft).toBeHidden();
  });

  await test.step('at the peak two bots fill all operators: the queue grows and shows the reason, with a sound and a system notification', async () => {
    await go(page, 'Настройки');
    const sounds = page.getByRole('switch', { name: 'Звуки' });
    await sounds.press('Space');
    await expect(sounds).toBeChecked();
    await go(page, 'Смена');
    await Promise.all([
      bot(0, { phone: '8 (921) 555-12-34', name: 'Ольга Ёлкина', message: 'Нужна доставка на субботу' }),
      ...[1, 2, 3].map((nth) => bot(0, { external_id: `tg-${nth}`, name: `Клиент ${nth}` })),
      ...[4, 5].map((nth) => bot(1, { external_id: `www-${nth}`, name: `Клиент ${nth}` })),
    ]);
    for (const nth of [6, 7]) await bot(1, { external_id: `www-${nth}`, name: `Ждущий ${nth}` });
    for (const name of ['Анна', 'Борис', 'Глеб']) await expect(shift(page, name)).toContainText('2 / 2');
    await showsFigure(page, 'waiting', 3);
    await expect(page.getByRole('list', { name: 'Почему ждут' })).toContainText('все заняты');
    await expect.poll(() => desktop.app.evaluate(() => Reflect.get(globalThis, 'titles') as string[]), { timeout: 20_000 }).toEqual(['Нужен человек']);
    expect(await page.evaluate(() => Reflect.get(window, 'heard') as number[])).toEqual([523, 392, 523, 392]);
    await desktop.picture('day-4-peak');
  });

  await test.step('why did Anna get this one? the card has the table, and the replay gives the same result', async () => {
    await page
      .getByRole('region', { name: 'Последние решения' })
      .getByRole('row')
      .filter({ hasText: 'Анна' })
      .getByRole('button', { name: 'Почему' })
      .first()
      .click();
    await expect(dialog.getByRole('row').filter({ hasText: 'Анна' })).toContainText('●');
    await expect(dialog.getByRole('row').filter({ hasText: 'Вера' })).toContainText('не на линии');
    await dialog.getByRole('button', { name: 'Проверить' }).click();
    await expect(dialog.getByRole('status').filter({ hasText: 'Повтор' })).toContainText('Повтор дал то же: Анна Петрова.');
    await desktop.picture('day-5-why');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  });

  await test.step('work is moved: one contact dragged onto Vera, one assigned by keys, both returned to the queue together and that undone; then she is on line', async () => {
    const queued = page.locator('[data-testid^="queue-row-"]');
    await queued.first().hover();
    await page.mouse.down();
    await shift(page, 'Вера').hover();
    await shift(page, 'Вера').hover(); // Chromium starts a drag at the second move
    await page.mouse.up();
    await expect(shift(page, 'Вера')).toContainText('1 / 3');
    await expect(queued).toHaveCount(2);
    await queued.first().focus();
    await page.keyboard.press('KeyR');
    await page.getByRole('dialog', { name: 'Кому передать 1 обращение' }).getByRole('combobox').fill('вер');
    await page.keyboard.press('ArrowDown'); // somebody off line is not chosen beforehand
    await page.keyboard.press('Enter');
    await expect(shift(page, 'Вера')).toContainText('2 / 3');

    await go(page, 'Обращения');
    await page.getByRole('link', { name: 'Открытые' }).click();
    await page.getByRole('combobox', { name: 'Оператор' }).click();
    await page.getByRole('option', { name: 'Вера' }).click();
    await expect(page.locator('[data-testid^="contact-row-"]')).toHaveCount(2);
    await page.getByRole('checkbox', { name: 'Отметить все найденные открытые' }).check();
    await desktop.picture('day-6-bulk');
    await page.keyboard.press('KeyB');
    await expect(page.getByText('Вернули в очередь 2 обращения.')).toBeVisible();
    await showsFigure(page, 'waiting', 3);
    await page.keyboard.press('KeyU');
    await expect(page.getByText('Вернулись на место 2 обращения.')).toBeVisible();
    await showsFigure(page, 'waiting', 1);

    await go(page, 'Смена');
    await page.getByRole('switch', { name: 'На линии: Вера Ли' }).press('Space');
    await expect(shift(page, 'Вера')).toContainText('3 / 3');
    await showsFigure(page, 'waiting', 0);
  });

  await test.step('a contact is found by its phone in any form and by words of its message', async () => {
    await go(page, 'Обращения');
    await page
      .getByRole('button', { name: 'Снять все фильтры' })
      .or(page.getByRole('link', { name: 'Все', exact: true }))
      .first()
      .click();
    for (const text of ['+7 921 555-12-34', '89215551234', '12-34', 'елкин', 'доставк субботу']) {
      await page.keyboard.press('Slash');
      await page.keyboard.press('Control+a');
      await page.keyboard.type(text);
      await page.keyboard.press('Enter');
      await expect(page.locator('[data-testid^="contact-row-"]'), text).toHaveCount(1);
      await expect(row(page, 'Ольга Ёлкина')).toBeFocused();
    }
    await desktop.picture('day-7-found');
  });

  await test.step('Boris closes his two; Anna takes a break and hands over to him as previewed; all of that is undone', async () => {
    await page.getByRole('button', { name: 'Очистить поиск' }).click();
    await page.getByRole('combobox', { name: 'Оператор' }).click();
    await page.getByRole('option', { name: 'Борис' }).click();
    await expect(page.locator('[data-testid^="contact-row-"]')).toHaveCount(2);
    await page.getByRole('checkbox', { name: 'Отметить все найденные открытые' }).check();
    await page.keyboard.press('KeyC');
    await page.keyboard.press('KeyC'); // asks for confirmation
    await expect(page.getByText('Закрыто 2 обращения.')).toBeVisible();
    await leave(page, 'Анна Петрова', 'Перерыв', 'Передать тем, кто может взять', 'Возьмут другие: 2 (Борис Ким ≈ 2)');
    await expect(page.getByText('Анна Петрова: перерыв; передано 2')).toBeVisible();
    await desktop.picture('day-8-break');
    await page.keyboard.press('KeyU');
    await expect(page.getByText('Вернулись на место 2 обращения.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Состояние, Анна Петрова: на линии' })).toBeVisible();
  });

  await test.step('a wrong switch and a wrong weight are undone', async () => {
    await go(page, 'Смена');
    const control = page.getByRole('switch', { name: 'На линии: Глеб Орлов' });
    await control.press('Space');
    await expect(control).not.toBeChecked();
    await expect(page.getByText('Глеб Орлов: не на линии')).toBeVisible();
    await page.keyboard.press('KeyU');
    await expect(control).toBeChecked();
    await go(page, 'Веса');
    await page.getByTestId('weight-1-1').click();
    await page.keyboard.type('0');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+s');
    await expect(page.getByText('Веса применены.')).toBeVisible();
    await page.getByRole('alert').or(page.getByRole('status')).filter({ hasText: 'Веса применены.' }).getByRole('button', { name: 'Вернуть' }).click();
    await expect(page.getByTestId('weight-1-1')).toContainText('300');
  });

  await test.step('the report of the day is saved as a file with the figures of the screen', async () => {
    await go(page, 'Отчёты');
    await page.getByRole('combobox', { name: 'Период' }).click();
    await page.getByRole('option', { name: 'Сегодня' }).click();
    await expect(page.getByTestId('reports').locator('tfoot a').first()).toHaveText('9');
    await desktop.picture('day-9-report');
    await page.getByRole('button', { name: 'Скачать' }).click();
    await page.getByRole('menuitem', { name: 'XLSX' }).click();
    await expect(page.getByText(`Сохранено: ${files}`)).toBeVisible();
    const sheet = await readSheet(join(files, readdirSync(files).find((name) => name.startsWith('switchyard-')) ?? ''));
    const heading = sheet.find((cells) => cells.includes('Поступило'));
    expect(sheet.at(-1)?.[heading?.indexOf('Поступило') ?? -1]).toBe(9);
  });

  await test.step('the day is handed over: the night preset is previewed and applied, and leaving operators return contacts to the queue for the night', async () => {
    await go(page, 'Веса');
    await page.getByRole('button', { name: 'Наборы' }).click();
    await page.getByRole('menuitem', { name: 'Ночь' }).click();
    await expect(dialog).toContainText('Изменится: 5 весов.');
    await desktop.picture('day-10-preset');
    await dialog.getByRole('button', { name: 'Применить' }).click();
    await expect(page.getByText('Набор «Ночь» применён.')).toBeVisible();
    await leave(page, 'Анна Петрова', 'Снять с линии', 'Вернуть все в очередь');
    await expect(page.getByText('Анна Петрова: не на смене; ждут 2.')).toBeVisible();
    await go(page, 'Смена');
    await showsFigure(page, 'waiting', 2);
    await expect(shift(page, 'Анна')).toContainText('0 / 2');
    await desktop.picture('day-11-over');
  });

  await test.step('closing hides the window in the tray while the desk keeps working; it reopens up to date', async () => {
    await go(page, 'Настройки');
    await page.getByText('Остаться в трее', { exact: true }).click();
    await expect(page.getByRole('radio', { name: 'Остаться в трее' })).toBeChecked();
    await expect(page.getByText('Приём и распределение продолжаются без окна')).toBeVisible();
    await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await expect.poll(() => desktop.isVisible()).toBe(false);
    expect((await bot(0, { external_id: 'tg-8', name: 'Ночной' })).status).toBe('waiting');
    await desktop.app.evaluate(({ app }) => app.emit('second-instance'));
    await expect.poll(() => desktop.isVisible()).toBe(true);
    await showsFigure(page, 'waiting', 3);
  });

  await test.step('the next start restores window, language, theme, zoom and the desk', async () => {
    await page.getByText('English', { exact: true }).click();
    await expect(page.getByRole('link', { name: 'Settings' })).toBeVisible();
    await page.getByText('dark', { exact: true }).click();
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
    await desktop.app.evaluate(({ BrowserWindow, Menu }) => {
      const window = BrowserWindow.getAllWindows()[0];
      window?.setBounds({ x: 30, y: 20, width: 1200, height: 760 });
      Menu.getApplicationMenu()
        ?.items.flatMap((item) => item.submenu?.items ?? [])
        .find((item) => item.role?.toLowerCase() === 'zoomin')
        ?.click(undefined, window, window?.webContents);
    });
    const zoom = ({ app }: Desktop) => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getZoomLevel());
    await expect.poll(() => zoom(desktop)).toBe(0.5);
    const ended = new Promise((resolve) => desktop.app.process().once('exit', resolve));
    await desktop.app.evaluate(({ app }) => app.quit());
    expect(await ended).toBe(0);

    const again = await Desktop.start(dataDir, launch);
    await showsFigure(again.page, 'waiting', 3);
    await expect(again.page.getByRole('link', { name: 'Settings' })).toBeVisible();
    await expect(again.page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
    expect(await zoom(again)).toBe(0.5);
    expect(await again.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())).toMatchObject({ width: 1200, height: 760 });
    await again.picture('day-12-again');
    await again.app.close();
  });
});
