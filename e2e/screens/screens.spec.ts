/** Every screen in both languages and both themes: no accessibility fault that a tool can find, and a screenshot for people to look at. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { call } from '#shells/testing/host-process.ts';
import { unevenRows } from '../harness/baselines.ts';
import { type Desk, expect, openConsole, screensFetched, test } from '../harness/desk.ts';
import { paleFindings, structuralFindings } from '../harness/findings.ts';

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];
const screens = ['live', 'contacts', 'leads', 'weights', 'operators', 'sources', 'reports', 'refused', 'audit', 'backups', 'settings'] as const;
const themes = ['light', 'dark'] as const;
const isLookedAt = !process.env.CI;

async function picture(page: Page, name: string): Promise<void> {
  if (isLookedAt) await page.screenshot({ path: join('screenshots', `${name}.png`), animations: 'disabled' });
}

/** Waits for animations: a dialog that is fading in is paler. */
const atRest = (page: Page) =>
  page.evaluate(async () => {
    const isMoving = () =>
      document.getAnimations().some(({ playState, effect }) => playState === 'running' && effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    for (let frames = 0; frames < 3; frames = isMoving() ? 0 : frames + 1) await new Promise(requestAnimationFrame);
  });

/** @param within for temporary overlays: what they cover cannot be clicked anyway */
async function lookAt(
  page: Page,
  name: string,
  { within, at = isLookedAt ? sizes : sizes.slice(-1) }: { within?: string; at?: typeof sizes } = {},
): Promise<void> {
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme);
    for (const size of at) {
      await page.setViewportSize(size);
      await picture(page, `${name}-${theme}-${size.width}`);
    }
    await atRest(page);
    expect.soft(await paleFindings(page, within), `${name}, ${theme}`).toEqual([]);
  }
  expect.soft(await structuralFindings(page, within), name).toEqual([]);
}

/** A desk with something on every screen: free, full and inactive operators, a queue, a refused contact. */
async function fill(desk: Desk): Promise<void> {
  const operators = [];
  for (const [name, max_load] of [
    ['Анна Петрова', 10],
    ['Борис Ким', 3],
    ['Вера Ли', 8],
    ['Глеб Орлов', 12],
    ['Дарья Соколова', 1],
  ] as const)
    operators.push(await desk.operator(name, max_load));
  const ids = operators.map((operator) => operator.id);
  const telegram = await desk.source('Telegram', { [ids[0] ?? 0]: 300, [ids[1] ?? 0]: 300, [ids[2] ?? 0]: 400, [ids[3] ?? 0]: 700 });
  const vk = await desk.source('ВКонтакте', { [ids[4] ?? 0]: 100, [ids[2] ?? 0]: 0 });
  const avito = await desk.source('Авито');
  await desk.host.api('PATCH', `/operators/${ids[2]}`, { is_active: false });
  for (let nth = 1; nth <= 14; nth++) await desk.contact(telegram, `tg-${7700 + nth}`, ['Ирина', 'Олег', 'Полина'][nth % 3]);
  for (let nth = 1; nth <= 4; nth++) await desk.contact(vk, `vk-${nth}`, 'Тимур');
  await call(desk.host.ready.apiUrl, telegram.api_key, 'GET', '/contacts'); // a key that was used
  await desk.contact(avito, 'av-1', 'Ульяна').catch(() => undefined);
}

for (const language of ['ru', 'en'] as const)
  test.describe(language, () => {
    test.use({ language });

    test('an empty desk, and its first steps to the first contact', async ({ desk, console }) => {
      await expect(console.locator('html')).toHaveAttribute('lang', language);
      await lookAt(console, `${language}-welcome`);
      const field = (names: { ru: string; en: string }) => console.getByRole('textbox', { name: names[language] });
      await field({ ru: 'Имя нового оператора', en: 'Name of the new operator' }).fill('Анна Петрова');
      await console.keyboard.press('Enter');
      await field({ ru: 'Название нового источника', en: 'Name of the new source' }).fill('Telegram');
      await console.keyboard.press('Enter');
      const api_key = await console.getByTestId('api-key').innerText();
      await lookAt(console, `${language}-welcome-key`);
      await desk.fromBot(api_key, { external_id: 'tg-1' });
      await expect(console.getByText(language === 'ru' ? 'Первое обращение пришло' : 'The first contact is here')).toBeVisible();
      await lookAt(console, `${language}-welcome-arrived`);
    });

    test('a row dragged over the shift, and every list while the host is away', async ({ desk, page }) => {
      await fill(desk);
      await openConsole(page, desk);
      await page.locator('[data-testid^="queue-row-"]').first().hover();
      await page.mouse.down();
      for (let nth = 0; nth < 2; nth++) await page.getByTestId('operator-row-4').hover(); // Chromium begins a drag with the second move
      await expect(page.locator('[data-taking="full"]').first()).toBeVisible();
      await picture(page, `${language}-live-dragged`);
      await page.mouse.up();
      await screensFetched(page);
      await desk.host.running.stop('SIGKILL');
      for (const screen of ['live', 'contacts', 'sources', 'reports'] as const) {
        await page.evaluate((name) => {
          location.hash = `#/${name}`;
        }, screen);
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(titles[screen][language]);
        await expect(page.locator('main section').first(), `the file of ${screen} has come`).toBeVisible();
        await lookAt(page, `${language}-away-${screen}`);
      }
    });

    test('every screen of a busy desk, and a decision', async ({ desk, page }) => {
      await fill(desk);
      await openConsole(page, desk);
      for (const screen of screens) {
        await page.goto(`${desk.host.ready.apiUrl}/console/#/${screen}`);
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(titles[screen][language]);
        await expect(page.locator('main section').first(), `the file of ${screen} has come`).toBeVisible();
        await expect(page.locator('main [aria-busy="true"]'), `the rows of ${screen} have come`).toHaveCount(0);
        await lookAt(page, `${language}-${screen}`);
        expect.soft(await unevenRows(page), `baselines of ${screen}`).toEqual([]);
      }
      await page.goto(`${desk.host.ready.apiUrl}/console/#/live`);
      await page
        .getByTestId('recent')
        .getByRole('button', { name: language === 'ru' ? 'Почему' : 'Why' })
        .last()
        .click();
      await expect(page.getByRole('dialog').getByRole('table')).toBeVisible();
      await lookAt(page, `${language}-decision`);
    });

    test('weights: an edit and a preset before they are applied', async ({ desk, page }) => {
      const say = <T>(words: { ru: T; en: T }): T => words[language];
      await fill(desk);
      await openConsole(page, desk);
      await page.goto(`${desk.host.ready.apiUrl}/console/#/weights`);
      await page.getByRole('button', { name: say({ ru: 'Наборы', en: 'Presets' }) }).click();
      await page.getByRole('menuitem', { name: say({ ru: 'Сохранить', en: 'Save' }) }).click();
      await page.getByRole('dialog').getByRole('textbox').fill('День');
      await lookAt(page, `${language}-weights-save-preset`);
      await page.keyboard.press('Enter');
      await expect(page.getByRole('dialog')).toBeHidden();
      await page.getByTestId('weight-1-1').click();
      await page.getByTestId('weight-3-2').click({ modifiers: ['Shift'] });
      await page.keyboard.type('250');
      await page.keyboard.press('Control+Enter');
      await page.getByRole('columnheader', { name: 'ВКонтакте' }).click();
      await page.keyboard.press('Delete');
      await desk.host.api('PUT', '/operators/1/competences/1', { weight: 77 }); // somebody else, meanwhile
      await expect(page.getByTestId('weights-draft').getByRole('status')).toBeVisible();
      await lookAt(page, `${language}-weights-edited`);
      await page.getByTestId('weight-1-1').click();
      await page.keyboard.press('Control+s');
      await expect(page.getByTestId('weights-draft')).toBeHidden();
      await page.getByRole('button', { name: say({ ru: 'Наборы', en: 'Presets' }) }).click();
      await page.getByRole('menuitem', { name: 'День' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await lookAt(page, `${language}-weights-preset`);
    });

    test('contacts and leads: marked, being moved, no results, a lead about to be erased', async ({ desk, page }) => {
      const say = <T>(words: { ru: T; en: T }): T => words[language];
      const at = (hash: string) => page.goto(`${desk.host.ready.apiUrl}/console/${hash}`);
      await fill(desk);
      await desk.host.api('POST', '/contacts', { source_id: 1, phone: '+79001112233', name: 'Анна', message: 'Сколько стоит доставка до Казани?' });
      await desk.host.api('POST', '/contacts', { source_id: 1, email: 'anna@example.com', message: '=HYPERLINK("http://x","Выигрыш")' });
      const { lead_id } = await desk.host.api<{ lead_id: number }>('POST', '/contacts', { source_id: 1, phone: '+79001112233', email: 'anna@example.com' });
      await openConsole(page, desk);
      await at('#/contacts?status=open');
      for (const row of [0, 1, 2]) await page.locator('main [data-row] [data-select]').nth(row).check();
      await lookAt(page, `${language}-contacts-marked`);
      await page.keyboard.press('KeyR');
      await expect(page.getByRole('dialog').getByRole('option').first()).toBeVisible();
      await lookAt(page, `${language}-contacts-reassign`);
      await page.keyboard.press('Escape');
      await at('#/contacts?q=zzz&from=2026-01-01');
      await expect(page.getByText(say({ ru: 'Ничего не нашлось', en: 'Nothing found' }))).toBeVisible();
      await lookAt(page, `${language}-contacts-nothing`);
      await at(`#/leads?lead=${lead_id}`);
      await page.getByRole('button', { name: say({ ru: 'Стереть данные…', en: 'Erase data…' }) }).click();
      await lookAt(page, `${language}-lead`);
    });

    test('the wallboard, the palette, the keys, and the shift at a zoom of 200 %', async ({ desk, page }) => {
      await fill(desk);
      await openConsole(page, desk);
      await expect(page.getByTestId('pulse-service')).toContainText('100');
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').getByRole('combobox').fill('п');
      await expect(page.getByRole('dialog').getByRole('option').first()).toBeVisible();
      await lookAt(page, `${language}-palette`);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog')).toBeVisible();
      await lookAt(page, `${language}-keys`);
      await page.goto(`${desk.host.ready.apiUrl}/console/#/wallboard`);
      await expect(page.getByTestId('wallboard')).toBeVisible();
      await lookAt(page, `${language}-wallboard`);
      await page.goto(`${desk.host.ready.apiUrl}/console/#/live`);
      await page.setViewportSize({ width: 640, height: 400 }); // 1280 × 800 at 200 %
      for (const part of [page.getByTestId('pulse-today'), page.getByText('Глеб Орлов').first(), page.getByTestId('recent')]) {
        await part.scrollIntoViewIfNeeded();
        await expect(part).toBeInViewport();
      }
      await lookAt(page, `${language}-zoomed`, { at: [] });
    });

    test('operators: the question about contacts on leaving, and the preview of an import', async ({ desk, page }) => {
      const say = <T>(words: { ru: T; en: T }): T => words[language];
      await fill(desk);
      await openConsole(page, desk);
      await page.goto(`${desk.host.ready.apiUrl}/console/#/operators`);
      const name = page.getByTestId('operator-1').getByRole('button', { name: say({ ru: /^Имя/, en: /^Name/ }) });
      await name.click();
      await page.keyboard.type('Вера Ли');
      await page.keyboard.press('Enter');
      await expect(page.getByTestId('operator-1').getByRole('alert')).toBeVisible();
      await lookAt(page, `${language}-operators-not-saved`);
      await page.keyboard.press('Escape');
      await expect(name).toBeFocused();
      const state = page.getByTestId('operator-1').getByRole('button', { name: say({ ru: /^Состояние/, en: /^State/ }) });
      await state.click();
      await lookAt(page, `${language}-operators-menu`);
      await page.getByRole('menuitem', { name: say({ ru: 'Перерыв', en: 'Break' }) }).click();
      await expect(page.getByRole('dialog').getByRole('radio').nth(1)).toBeVisible();
      await lookAt(page, `${language}-operators-leave`);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: say({ ru: 'Импорт…', en: 'Import…' }) }).click();
      const buffer = Buffer.from('name;limit;active;Telegram;Заметка\nАнна Петрова;5;да;10;a\nЕва;много;;2000;b\n;3;;;\nЖанна;4;нет;5;\n');
      await page.getByRole('dialog').locator('input[type="file"]').setInputFiles({ name: 'shift.csv', mimeType: 'text/csv', buffer });
      await expect(page.getByRole('dialog').getByRole('row')).toHaveCount(5);
      await lookAt(page, `${language}-operators-import`);
    });

    test('reports: each of them, the contacts behind a number, and scheduled ones', async ({ desk, page }) => {
      const say = <T>(words: { ru: T; en: T }): T => words[language];
      await fill(desk);
      await openConsole(page, desk);
      for (const view of ['heat_map', 'load', 'waits', 'fairness', 'service']) {
        await page.goto(`${desk.host.ready.apiUrl}/console/#/reports?view=${view}`);
        await expect(page.getByTestId('chart').locator('svg')).toBeVisible();
        await lookAt(page, `${language}-reports-${view}`);
      }
      await page.goto(`${desk.host.ready.apiUrl}/console/#/reports?by=operator`);
      await page.getByRole('button', { name: say({ ru: 'Операторы', en: 'Operators' }) }).click();
      await expect(page.getByRole('checkbox').first()).toBeVisible();
      await lookAt(page, `${language}-reports-filter`);
      await page.keyboard.press('Escape');
      const firstDay = page.getByRole('textbox', { name: say({ ru: 'С какого дня', en: 'First day' }) });
      await firstDay.press('ArrowDown');
      await expect(page.getByRole('dialog').getByRole('columnheader').first()).toBeVisible();
      await lookAt(page, `${language}-reports-month`, { within: '[role="dialog"]' });
      await page.keyboard.press('Escape');
      await firstDay.fill('30.02.2026');
      await firstDay.press('Enter');
      await lookAt(page, `${language}-reports-no-such-day`);
      await firstDay.press('Escape');
      await page.getByTestId('reports').getByRole('table').locator('tfoot a').first().click();
      await expect(page.getByTestId('listed-contact').first()).toBeVisible();
      await lookAt(page, `${language}-reports-list`);
      await page.goBack();
      await page.getByRole('button', { name: say({ ru: 'Скачать', en: 'Download' }) }).click();
      await page.getByRole('menuitem', { name: say({ ru: 'По расписанию', en: 'On a schedule' }) }).click();
      await page.getByRole('textbox', { name: say({ ru: 'Папка', en: 'Folder' }) }).fill(desk.host.ready.dataDir);
      await page.getByRole('button', { name: say({ ru: 'Добавить', en: 'Add' }), exact: true }).click();
      await expect(page.getByTestId('schedule')).toBeVisible();
      await lookAt(page, `${language}-reports-schedules`);
    });

    test('backups: making one, the confirmation of a restore, and its outcome', async ({ desk, page }) => {
      const say = <T>(words: { ru: T; en: T }): T => words[language];
      const restoreIt = say({ ru: 'Восстановить', en: 'Restore' });
      await fill(desk);
      const share = join(desk.host.ready.dataDir, '..', 'share');
      mkdirSync(share);
      await openConsole(page, desk);
      await page.goto(`${desk.host.ready.apiUrl}/console/#/backups`);
      const list = page.getByTestId('backups');
      await page.getByRole('button', { name: say({ ru: 'Сделать копию сейчас', en: 'Back up now' }) }).click();
      await expect(list.getByRole('cell', { name: say({ ru: 'вручную', en: 'by hand' }) })).toBeVisible();
      const field = page.getByTestId('second-folder').getByRole('textbox');
      await field.fill('copies');
      await field.press('Enter');
      await expect(page.getByTestId('second-folder').getByRole('alert')).toBeVisible();
      await lookAt(page, `${language}-backups-refused-folder`);
      await field.fill(share);
      await field.press('Enter');
      await expect(page.getByTestId('second-folder')).toContainText(share);
      await desk.operator('Егор Белов');
      await list.getByRole('button', { name: restoreIt }).last().click();
      const question = page.getByRole('dialog');
      await expect(question).toBeVisible();
      await lookAt(page, `${language}-backups-question`);
      await question.getByRole('button', { name: restoreIt, exact: true }).click();
      await expect(page.getByTestId('restored')).toBeVisible();
      await expect(question).toBeHidden();
      rmSync(share, { recursive: true });
      await desk.operator('Жанна Рябова');
      await page.getByRole('button', { name: say({ ru: 'Сделать копию сейчас', en: 'Back up now' }) }).click();
      await expect(list.getByRole('alert')).toBeVisible();
      await lookAt(page, `${language}-backups-at-work`);
    });
  });

const titles = {
  live: { ru: 'Смена', en: 'Live' },
  contacts: { ru: 'Обращения', en: 'Contacts' },
  leads: { ru: 'Лиды', en: 'Leads' },
  weights: { ru: 'Веса', en: 'Weights' },
  operators: { ru: 'Операторы', en: 'Operators' },
  sources: { ru: 'Источники', en: 'Sources' },
  reports: { ru: 'Отчёты', en: 'Reports' },
  refused: { ru: 'Отказы', en: 'Refused' },
  audit: { ru: 'Журнал', en: 'Audit log' },
  backups: { ru: 'Копии', en: 'Backups' },
  settings: { ru: 'Настройки', en: 'Settings' },
} as const;

test('a text that stands lower than the others of its row is found', async ({ desk, console }) => {
  await desk.operator('Анна');
  await desk.source('Telegram');
  await expect(console.getByTestId('operator-row-1')).toBeVisible();
  expect(await unevenRows(console)).toEqual([]);
  await console
    .getByTestId('operator-row-1')
    .getByText('Анна')
    .evaluate((name) => {
      name.style.position = 'relative';
      name.style.top = '1px';
    });
  expect(await unevenRows(console)).toHaveLength(1);
});

test('the language changes with one click and stays for the next visit', async ({ desk, console }) => {
  await desk.operator('Анна');
  await desk.source('Telegram');
  await console.getByRole('button', { name: 'Switch to English' }).click();
  await expect(console.getByRole('link', { name: 'Weights' })).toBeVisible();
  await console.reload();
  await expect(console.getByRole('link', { name: 'Weights' })).toBeVisible();
});
