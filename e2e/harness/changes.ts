/** Every change that the console can make: how it is prepared, what triggers it, and what must not be lost when it fails. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { openSession } from '#shells/testing/ask-console.ts';
import type { Desk } from './desk.ts';

export interface Change {
  readonly name: string;
  /** the address of the screen where it is made */
  readonly at: string;
  /** input and choices made before */
  readonly prepare?: (page: Page, desk: Desk) => Promise<void>;
  /** what triggers it, and how: `twice` asks for confirmation first */
  readonly by: (page: Page) => Locator;
  readonly how?: 'click' | 'twice' | 'Enter' | 'Space' | { readonly drop: (page: Page) => Locator };
  /** what must still be there after a failure */
  readonly kept?: (page: Page) => Promise<void>;
  /** restores the state before `prepare`, if going to another screen does not */
  readonly giveUp?: (page: Page) => Promise<void>;
  /** what is visible once it was done */
  readonly done: (page: Page) => Promise<void>;
}

const dialog = (page: Page): Locator => page.getByRole('dialog');
const button = (page: Page | Locator, name: string | RegExp): Locator => page.getByRole('button', { name, exact: typeof name === 'string' });
/** Of several notices only the latest is on the screen. */
const says = (text: string | RegExp) => async (page: Page) => expect(page.getByText(text).filter({ visible: true }).first()).toBeVisible();
const gone = (locator: (page: Page) => Locator) => async (page: Page) => expect(locator(page)).toBeHidden();
const rule = (page: Page) => page.getByRole('form', { name: 'Правило: Сайт' });
const people = (page: Page) => page.getByTestId('people');
const operator = (id: number) => (page: Page) => page.getByTestId(`operator-${id}`);
const source = (id: number) => (page: Page) => page.getByTestId(`source-${id}`);
const keptInDialog = (name: string, value: string | RegExp) => async (page: Page) => expect(dialog(page).getByRole('textbox', { name })).toHaveValue(value);

/** Operators 1 … 5, sources 1 … 4, contacts and leads, a waiting contact, a merge, a refused contact, the session of another browser, and a person. */
export async function fill(desk: Desk): Promise<void> {
  for (const [name, max] of [
    ['Анна', 6],
    ['Борис', 9],
    ['Вера', 9],
    ['Глеб', 9],
    ['Дарья', 9],
  ] as const)
    await desk.operator(name, max);
  const vk = await desk.source('VK', { 1: 100 });
  await desk.source('Авито');
  await desk.source('Сайт', { 2: 1 });
  await desk.source('Бот', { 3: 1 });
  const hand = (body: object) => desk.host.api('POST', '/contacts', { source_id: vk.id, ...body });
  await hand({ phone: '+79001112233', name: 'Мария' });
  await hand({ email: 'maria@example.com' });
  await hand({ phone: '+79001112233', email: 'maria@example.com' });
  for (let nth = 4; nth <= 7; nth++) await desk.contact(vk, `x${nth}`, 'Олег');
  await desk.contact({ id: 2 }, 'refused-1').catch(() => undefined);
  await desk.contact({ id: 2 }, 'refused-2').catch(() => undefined);
  await openSession(await desk.link());
  await desk.host.api('POST', '/people', { name: 'Ольга', role: 'supervisor' });
  mkdirSync(join(desk.host.ready.dataDir, '..', 'share'));
}

/** Contacts that are to be accepted. */
const UNACCEPTED = [12, 13];

/** Sets up what the API cannot: a backup, a preset, a schedule, and a desk that asks before merging, with two suggested merges. */
export async function furnish(page: Page, desk: Desk, go: (hash: string) => Promise<void>): Promise<void> {
  await go('#/backups');
  await button(page, 'Сделать копию сейчас').click();
  await expect(page.getByTestId('backups').getByRole('row').filter({ hasText: 'вручную' })).toBeVisible();
  await go('#/weights');
  await button(page, 'Наборы').click();
  await page.getByRole('menuitem', { name: 'Сохранить' }).click();
  await dialog(page).getByRole('textbox').fill('День');
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toBeHidden();
  await desk.host.api('PUT', '/operators/3/competences/4', { weight: 2 });
  await go('#/reports');
  await openSchedules(page);
  await dialog(page).getByRole('textbox', { name: 'Папка' }).fill(desk.host.ready.dataDir);
  await button(page, 'Добавить').click();
  await expect(page.getByTestId('schedule')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();
  await go('#/settings');
  await acrossSources(page).getByText('сначала спросить').click();
  await expect(acrossSources(page).getByRole('radio', { name: 'сначала спросить' })).toBeChecked();
  for (const nth of [6, 7]) {
    const phone = `+7900111000${nth}`;
    for (const body of [{ phone }, { phone, external_id: `x${nth}` }]) await desk.host.api('POST', '/contacts', { source_id: 3, ...body });
  }
  await desk.host.api('PATCH', '/sources/4/rule', { accept_seconds: 86_400 });
  await desk.host.api('POST', '/schedules', { name: 'Ночь', time_zone: 'UTC', anchor_date: '2026-12-01', days: [[{ from: '20:00', to: '32:00' }]] });
  for (const id of UNACCEPTED) {
    await desk.contact({ id: 4 }, `unaccepted-${id}`);
    await desk.host.api('POST', `/contacts/${id}/reassign`, { operator_id: 2 }); // so that Вера holds nothing
  }
}

async function openSchedules(page: Page): Promise<void> {
  await button(page, 'Скачать').click();
  await page.getByRole('menuitem', { name: 'По расписанию' }).click();
  await expect(page.getByTestId('schedules')).toBeVisible();
}

const acrossSources = (page: Page): Locator => page.getByRole('radiogroup', { name: 'Лиды разных источников' });
const suggestion = (id: number) => (page: Page) => page.getByTestId('suggested-merges').getByTestId(`suggested-${id}`);

async function openPreset(page: Page): Promise<void> {
  await button(page, 'Наборы').click();
  await page.getByRole('menuitem', { name: 'День' }).click();
  await expect(dialog(page)).toBeVisible();
}

async function type(page: Page, field: Locator, text: string): Promise<void> {
  await field.click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
}

const marked = async (page: Page): Promise<void> => {
  for (const id of [4, 5]) await page.getByRole('checkbox', { name: `Отметить обращение ${id}` }).check();
};
const stillMarked = says('Отмечено 2');

/** Later entries rely only on what `fill` and `furnish` create. */
export const changes: readonly Change[] = [
  {
    name: 'take an operator off line',
    at: '#/live',
    by: (page) => page.getByRole('switch', { name: 'На линии: Дарья' }),
    how: 'Space',
    kept: (page) => expect(page.getByRole('switch', { name: 'На линии: Дарья' }), 'the switch shows what is so').toBeChecked(),
    done: (page) => expect(page.getByRole('switch', { name: 'На линии: Дарья' })).not.toBeChecked(),
  },
  { name: 'raise a limit for those who wait', at: '#/live', by: (page) => button(page, /^Лимит 6 → 7: Анна/), done: says('Анна: лимит теперь 7, был 6.') },
  {
    name: 'drag a contact to an operator',
    at: '#/live',
    by: (page) => page.getByTestId('recent').getByRole('row').filter({ hasText: 'Анна' }).first(),
    how: { drop: (page) => page.getByTestId('operator-row-2') },
    done: says('Борис: передано 1 обращение.'),
  },
  {
    name: 'add an operator',
    at: '#/operators',
    prepare: (page) => page.getByRole('textbox', { name: 'Имя нового оператора' }).fill('Жанна'),
    by: (page) => page.getByRole('textbox', { name: 'Имя нового оператора' }),
    how: 'Enter',
    kept: (page) => expect(page.getByRole('textbox', { name: 'Имя нового оператора' })).toHaveValue('Жанна'),
    done: (page) => expect(operator(6)(page)).toContainText('Жанна'),
  },
  {
    name: 'rename an operator',
    at: '#/operators',
    prepare: async (page) => type(page, button(operator(4)(page), /^Имя: /), 'Глеб Орлов'),
    by: (page) => operator(4)(page).getByRole('textbox', { name: 'Имя' }),
    how: 'Enter',
    kept: (page) => expect(operator(4)(page).getByRole('textbox', { name: 'Имя' })).toHaveValue('Глеб Орлов'),
    done: says('Глеб Орлов: сохранено.'),
  },
  {
    name: 'an operator who holds nothing leaves',
    at: '#/operators',
    prepare: (page) => button(operator(3)(page), /^Состояние/).click(),
    by: (page) => page.getByRole('menuitem', { name: 'Обучение' }),
    done: says('Вера: обучение.'),
  },
  {
    name: 'an operator who holds contacts leaves',
    at: '#/operators',
    prepare: async (page) => {
      await button(operator(1)(page), /^Состояние/).click();
      await page.getByRole('menuitem', { name: 'Перерыв' }).click();
      await dialog(page).getByRole('radio', { name: 'Вернуть все в очередь' }).check();
    },
    by: (page) => button(dialog(page), 'Снять с линии'),
    kept: (page) => expect(dialog(page).getByRole('radio', { name: 'Вернуть все в очередь' })).toBeChecked(),
    done: says(/Анна: перерыв; /),
  },
  {
    name: 'change the limits of marked operators',
    at: '#/operators',
    prepare: async (page) => {
      for (const name of ['Вера', 'Глеб']) await page.getByRole('checkbox', { name: `Отметить: ${name}` }).check();
      await button(page, /^Лимит…/).click();
      await dialog(page).getByRole('textbox', { name: 'Новый лимит' }).fill('+2');
    },
    by: (page) => dialog(page).getByRole('textbox', { name: 'Новый лимит' }),
    how: 'Enter',
    kept: keptInDialog('Новый лимит', '+2'),
    done: says('Лимит изменён у 2 операторов.'),
  },
  {
    name: 'give marked operators tags',
    at: '#/operators',
    prepare: async (page) => {
      for (const name of ['Вера', 'Глеб']) await page.getByRole('checkbox', { name: `Отметить: ${name}` }).check();
      await button(page, /^Умения…/).click();
      await dialog(page).getByRole('textbox', { name: 'Какие умения' }).fill('vip');
    },
    by: (page) => dialog(page).getByRole('textbox', { name: 'Какие умения' }),
    how: 'Enter',
    kept: keptInDialog('Какие умения', 'vip'),
    done: says('Умения добавлены 2 операторам.'),
  },
  {
    name: 'add a schedule',
    at: '#/operators',
    prepare: async (page) => {
      await button(page, 'Графики…').click();
      await button(dialog(page), 'Новый график').click();
      await dialog(page).getByRole('textbox', { name: 'Название' }).fill('Смена');
    },
    by: (page) => dialog(page).getByRole('textbox', { name: 'Название' }),
    how: 'Enter',
    kept: keptInDialog('Название', 'Смена'),
    done: says('График «Смена» сохранён.'),
  },
  {
    name: 'give marked operators a schedule',
    at: '#/operators',
    prepare: async (page) => {
      for (const name of ['Вера', 'Глеб']) await page.getByRole('checkbox', { name: `Отметить: ${name}` }).check();
      await button(page, 'График…').click();
      await dialog(page).getByRole('textbox', { name: 'Сдвиг цикла, дней' }).fill('2');
    },
    by: (page) => dialog(page).getByRole('textbox', { name: 'Сдвиг цикла, дней' }),
    how: 'Enter',
    kept: keptInDialog('Сдвиг цикла, дней', '2'),
    done: says('График изменён у 2 операторов.'),
  },
  {
    name: 'remove a schedule',
    at: '#/operators',
    prepare: (page) => button(page, 'Графики…').click(),
    by: (page) => button(dialog(page), 'Удалить график «Ночь»'),
    done: says('График «Ночь» удалён.'),
  },
  { name: 'archive an operator', at: '#/operators', by: (page) => button(page, 'В архив: Дарья'), done: gone(operator(5)) },
  {
    name: 'import operators',
    at: '#/operators',
    prepare: async (page) => {
      await button(page, 'Импорт…').click();
      const buffer = Buffer.from('Имя;Лимит\nЗоя;5\nИнна;5\n');
      await dialog(page).locator('input[type="file"]').setInputFiles({ name: 'shift.csv', mimeType: 'text/csv', buffer });
    },
    by: (page) => button(dialog(page), 'Импортировать'),
    kept: (page) => expect(dialog(page).getByRole('row').filter({ hasText: 'Зоя' })).toBeVisible(),
    done: says(/^Добавлены 2 оператора/),
  },
  {
    name: 'apply weights',
    at: '#/weights',
    prepare: async (page) => {
      await page.getByTestId('weight-2-3').click();
      await page.keyboard.type('77');
      await page.keyboard.press('Enter');
    },
    by: (page) => button(page.getByTestId('weights-draft'), 'Применить'),
    kept: (page) => expect(page.getByTestId('weights-draft')).toContainText('Изменён 1 вес'),
    giveUp: (page) => button(page.getByTestId('weights-draft'), 'Отменить').click(),
    done: gone((page) => page.getByTestId('weights-draft')),
  },
  {
    name: 'save a preset',
    at: '#/weights',
    prepare: async (page) => {
      await button(page, 'Наборы').click();
      await page.getByRole('menuitem', { name: 'Сохранить' }).click();
      await dialog(page).getByRole('textbox', { name: 'Название' }).fill('Ночь');
    },
    by: (page) => dialog(page).getByRole('textbox', { name: 'Название' }),
    how: 'Enter',
    kept: keptInDialog('Название', 'Ночь'),
    done: says('Набор «Ночь» сохранён.'),
  },
  { name: 'apply a preset', at: '#/weights', prepare: openPreset, by: (page) => button(dialog(page), 'Применить'), done: says('Набор «День» применён.') },
  { name: 'remove a preset', at: '#/weights', prepare: openPreset, by: (page) => button(dialog(page), 'Удалить набор'), done: says('Набор «День» удалён.') },
  {
    name: 'add a source',
    at: '#/sources',
    prepare: (page) => page.getByRole('textbox', { name: 'Название нового источника' }).fill('Лендинг'),
    by: (page) => page.getByRole('textbox', { name: 'Название нового источника' }),
    how: 'Enter',
    kept: (page) => expect(page.getByRole('textbox', { name: 'Название нового источника' })).toHaveValue('Лендинг'),
    done: (page) => expect(dialog(page).getByTestId('api-key')).toBeVisible(),
  },
  {
    name: 'rename a source',
    at: '#/sources',
    prepare: async (page) => type(page, button(source(3)(page), /^Название: /), 'Сайт 2'),
    by: (page) => source(3)(page).getByRole('textbox', { name: 'Название' }),
    how: 'Enter',
    kept: (page) => expect(source(3)(page).getByRole('textbox', { name: 'Название' })).toHaveValue('Сайт 2'),
    done: says('Сайт 2: сохранено.'),
  },
  { name: 'add a key', at: '#/sources', by: (page) => button(page, 'Ещё ключ: VK'), done: (page) => expect(dialog(page).getByTestId('api-key')).toBeVisible() },
  { name: 'revoke a key', at: '#/sources', by: (page) => button(source(4)(page), /Отозвать ключ/), how: 'twice', done: says(/^Ключ ….+ отозван\.$/) },
  { name: 'archive a source', at: '#/sources', by: (page) => button(source(4)(page), /В архив: Бот/), how: 'twice', done: gone(source(4)) },
  {
    name: 'give marked contacts to an operator',
    at: '#/contacts',
    prepare: async (page) => {
      await marked(page);
      await page.keyboard.press('KeyR');
      await dialog(page).getByRole('combobox').fill('глеб');
    },
    by: (page) => dialog(page).getByRole('combobox'),
    how: 'Enter',
    kept: stillMarked,
    done: says(/: передано 2 обращения\./),
  },
  {
    name: 'put marked contacts back',
    at: '#/contacts',
    prepare: marked,
    by: (page) => button(page, /^Вернуть в очередь/),
    kept: stillMarked,
    done: says(/^Вернули в очередь 2/),
  },
  {
    name: 'close marked contacts',
    at: '#/contacts',
    prepare: marked,
    by: (page) => button(page, /^Закры/).last(),
    how: 'twice',
    kept: stillMarked,
    done: says(/^Закрыто 2/),
  },
  {
    name: 'close a contact on its card',
    at: '#/contacts?contact=7',
    by: (page) => button(dialog(page), /^Закрыть (обращение|насовсем)/),
    how: 'twice',
    done: (page) => expect(dialog(page)).toContainText('Закрыто'),
  },
  {
    name: 'part a merged lead',
    at: '#/leads?lead=1',
    by: (page) => button(dialog(page), /^(Точно\? )?Разъединить/),
    how: 'twice',
    done: (page) => expect(dialog(page)).toContainText('разъединены'),
  },
  {
    name: 'erase a lead',
    at: '#/leads?lead=3',
    prepare: async (page) => {
      await button(dialog(page), 'Стереть данные…').click();
      await dialog(page).getByRole('textbox').fill('стереть');
    },
    by: (page) => button(dialog(page), 'Стереть навсегда'),
    kept: (page) => expect(dialog(page).getByRole('textbox')).toHaveValue('стереть'),
    done: (page) => expect(dialog(page)).toContainText('Данные этого лида стёрты'),
  },
  {
    name: 'accept a suggested merge',
    at: '#/leads',
    by: (page) => button(suggestion(1)(page), /^Влить лид/),
    kept: (page) => expect(suggestion(1)(page)).toBeVisible(),
    done: gone(suggestion(1)),
  },
  {
    name: 'mark an identifier as shared',
    at: '#/leads?lead=4',
    prepare: async (page) => {
      await button(page, 'Общий… x5').click();
      await expect(button(page, 'Отметить общим')).toBeVisible();
    },
    by: (page) => button(page, 'Отметить общим'),
    kept: (page) => expect(button(page, 'Отметить общим')).toBeVisible(),
    done: says('x5: теперь общий контакт.'),
  },
  {
    name: 'take the mark of a shared identifier back',
    at: '#/leads?lead=4',
    by: (page) => button(page, 'Снова узнавать по x5'),
    kept: (page) => expect(button(page, 'Снова узнавать по x5')).toBeVisible(),
    done: says('x5: по нему снова узнают лида.'),
  },
  {
    name: 'dismiss a suggested merge',
    at: '#/leads',
    by: (page) => button(suggestion(2)(page), /разные люди/),
    how: 'twice',
    kept: (page) => expect(suggestion(2)(page)).toBeVisible(),
    done: gone(suggestion(2)),
  },
  {
    name: 'accept a contact',
    at: '#/contacts?contact=12',
    by: (page) => button(dialog(page), /^Принять/),
    done: (page) => expect(dialog(page)).toContainText('принято в'),
  },
  {
    name: 'decline a contact',
    at: '#/contacts?contact=13',
    prepare: async (page) => {
      await button(dialog(page), /^Отказаться/).click();
      await dialog(page).getByRole('textbox', { name: 'Причина отказа' }).fill('Не мой район');
    },
    by: (page) => button(dialog(page), 'Отказаться'),
    kept: keptInDialog('Причина отказа', 'Не мой район'),
    giveUp: (page) => button(dialog(page), 'Отменить').click(),
    done: (page) => expect(dialog(page).getByTestId('contact-status')).toContainText('Вера'),
  },
  {
    name: 'set how many contacts may be missed',
    at: '#/settings',
    prepare: (page) => page.getByRole('textbox', { name: 'Не отвечает после пропусков подряд' }).fill('5'),
    by: (page) => page.getByRole('textbox', { name: 'Не отвечает после пропусков подряд' }),
    how: 'Enter',
    kept: (page) => expect(page.getByRole('textbox', { name: 'Не отвечает после пропусков подряд' })).toHaveValue('5'),
    done: (page) => expect(page.getByRole('textbox', { name: 'Не отвечает после пропусков подряд' })).toHaveValue('5'),
  },
  { name: 'dismiss a refused contact', at: '#/refused', by: (page) => button(page.getByTestId('refused-1'), 'Отклонить'), done: says('Отказ отклонён.') },
  {
    name: 'make a sound',
    at: '#/settings',
    by: (page) => page.getByRole('switch', { name: 'Звуки' }),
    how: 'Space',
    kept: (page) => expect(page.getByRole('switch', { name: 'Звуки' }), 'the switch shows what is so').not.toBeChecked(),
    done: (page) => expect(page.getByRole('switch', { name: 'Звуки' })).toBeChecked(),
  },
  {
    name: 'set a threshold',
    at: '#/settings',
    prepare: (page) => page.getByRole('textbox', { name: 'Загрузка, %: Внимание' }).fill('51'),
    by: (page) => page.getByRole('textbox', { name: 'Загрузка, %: Внимание' }),
    how: 'Enter',
    kept: (page) => expect(page.getByRole('textbox', { name: 'Загрузка, %: Внимание' })).toHaveValue('51'),
    done: (page) => expect(page.getByTestId('pulse')).toContainText('< 51 %'),
  },
  {
    name: 'save the list of shared values',
    at: '#/settings',
    prepare: (page) => page.getByRole('textbox', { name: 'Общие значения' }).fill('office@example.org'),
    by: (page) => button(page, 'Сохранить'),
    kept: (page) => expect(page.getByRole('textbox', { name: 'Общие значения' })).toHaveValue('office@example.org'),
    done: gone((page) => button(page, 'Сохранить')),
  },
  {
    name: 'merge leads of different sources without asking',
    at: '#/settings',
    by: (page) => acrossSources(page).getByText('объединять сразу'),
    kept: (page) => expect(acrossSources(page).getByRole('radio', { name: 'сначала спросить' }), 'the choice shows what is so').toBeChecked(),
    done: (page) => expect(acrossSources(page).getByRole('radio', { name: 'объединять сразу' })).toBeChecked(),
  },
  {
    name: 'set a second folder',
    at: '#/backups',
    prepare: (page, desk) => page.getByRole('textbox', { name: 'Путь ко второй папке' }).fill(join(desk.host.ready.dataDir, '..', 'share')),
    by: (page) => page.getByRole('textbox', { name: 'Путь ко второй папке' }),
    how: 'Enter',
    kept: (page) => expect(page.getByRole('textbox', { name: 'Путь ко второй папке' })).toHaveValue(/share$/),
    done: says(/Последняя копия уже во второй папке/),
  },
  { name: 'back up', at: '#/backups', by: (page) => button(page, 'Сделать копию сейчас'), done: says('Копия сделана и проверена.') },
  {
    name: 'schedule a report',
    at: '#/reports',
    prepare: async (page, desk) => {
      await openSchedules(page);
      await dialog(page).getByRole('textbox', { name: 'Папка' }).fill(desk.host.ready.dataDir);
    },
    by: (page) => dialog(page).getByRole('textbox', { name: 'Папка' }),
    how: 'Enter',
    kept: keptInDialog('Папка', /data$/),
    done: (page) => expect(page.getByTestId('schedule')).toHaveCount(2),
  },
  {
    name: 'write a scheduled report now',
    at: '#/reports',
    prepare: openSchedules,
    by: (page) => button(dialog(page), 'Записать сейчас').first(),
    done: says(/^Записано: /),
  },
  {
    name: 'remove a schedule',
    at: '#/reports',
    prepare: openSchedules,
    by: (page) => button(dialog(page), /Удалить$/).first(),
    how: 'twice',
    done: says('Расписание удалено.'),
  },
  {
    name: 'put a weight on another line',
    at: '#/weights',
    prepare: async (page) => {
      await page.getByTestId('weight-1-1').click();
      await button(page, 'Линия').click();
    },
    by: (page) => page.getByRole('menuitem', { name: '2-я линия' }),
    giveUp: (page) => page.keyboard.press('Escape'),
    done: says('Анна, VK: 2-я линия.'),
  },
  {
    name: 'change the rule of a source',
    at: '#/sources',
    prepare: async (page) => {
      await button(page, 'Правило: Сайт').click();
      await rule(page).getByRole('combobox').click();
      await page.getByRole('option', { name: 'поровну по весам' }).click();
    },
    by: (page) => button(rule(page), 'Применить'),
    kept: (page) => expect(rule(page).getByRole('combobox')).toHaveValue('поровну по весам'),
    giveUp: (page) => button(rule(page), 'Отменить').click(),
    done: says('Сайт: поровну по весам.'),
  },
  {
    name: 'keep a case',
    at: '#/sources',
    prepare: async (page) => {
      await button(page, 'Правило: Сайт').click();
      await button(rule(page), 'случай').click();
      await rule(page)
        .getByRole('textbox', { name: /Сколько секунд обращение/ })
        .fill('30');
    },
    by: (page) => button(rule(page), 'Сохранить случай'),
    kept: (page) => expect(rule(page).getByRole('textbox', { name: /Сколько секунд обращение/ })).toHaveValue('30'),
    giveUp: (page) => button(rule(page), 'Отменить').first().click(),
    done: says(/Случай сохранён: ждёт 30 с; на линии: Борис → Борис/),
  },
  {
    name: 'remove a case',
    at: '#/sources',
    prepare: async (page) => {
      if (await rule(page).isHidden()) await button(page, 'Правило: Сайт').click();
    },
    by: (page) => button(rule(page), /^Удалить случай/),
    giveUp: (page) => button(rule(page), 'Отменить').click(),
    done: says(/Случай удалён: ждёт 30 с/),
  },
  {
    name: 'make a link to the console',
    at: '#/settings',
    by: (page) => button(page, 'Новая ссылка'),
    done: (page) => expect(page.getByTestId('console-link')).toBeVisible(),
  },
  {
    name: 'end a session',
    at: '#/settings',
    by: (page) => button(page, /Завершить сеанс: node/),
    how: 'twice',
    done: says('Сеанс завершён: node.'),
  },
  {
    name: 'invite a person',
    at: '#/settings',
    prepare: (page) => people(page).getByRole('textbox', { name: 'Имя человека' }).fill('Инна'),
    by: (page) => button(people(page), 'Пригласить'),
    kept: (page) => expect(people(page).getByRole('textbox', { name: 'Имя человека' })).toHaveValue('Инна'),
    done: (page) => expect(page.getByTestId('invitation')).toBeVisible(),
  },
  {
    name: 'change the role of a person',
    at: '#/settings',
    prepare: (page) => people(page).getByRole('combobox', { name: 'Роль: Ольга' }).click(),
    by: (page) => page.getByRole('option', { name: 'Администратор' }),
    done: says('Ольга: Администратор.'),
  },
  {
    name: 'invite a person again',
    at: '#/settings',
    by: (page) => button(page, 'Новая ссылка: Ольга'),
    done: (page) => expect(page.getByTestId('invitation')).toBeVisible(),
  },
  {
    name: 'sign a person out',
    at: '#/settings',
    by: (page) => button(page, /Закрыть сеансы: Ольга/),
    how: 'twice',
    done: says('Ольга: все сеансы закрыты.'),
  },
  {
    name: 'remove a person',
    at: '#/settings',
    by: (page) => button(page, /Удалить: Ольга/),
    how: 'twice',
    done: says('Ольга: доступ закрыт.'),
  },
  {
    name: 'take a change back',
    at: '#/audit',
    by: (page) => button(page.getByRole('row').filter({ hasText: 'VK, Анна: вес' }), /^Вернуть/),
    done: says(/Возвращено, как было/),
  },
  {
    name: 'restore a backup',
    at: '#/backups',
    prepare: (page) => button(page.getByTestId('backups').getByRole('row').filter({ hasText: 'вручную' }).last(), /^Восстановить/).click(),
    by: (page) => button(dialog(page), 'Восстановить'),
    kept: (page) => expect(button(dialog(page), 'Восстановить')).toBeEnabled(),
    done: (page) => expect(page.getByTestId('restored')).toBeVisible(),
  },
];
