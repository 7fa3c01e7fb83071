/** Identity: identifiers that many people share, external ids of each source, and names that look the same. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import Database from 'better-sqlite3';
import type { Contact } from '#shared/contract/entities.ts';
import { type Desk, expect, openConsole, test } from '../harness/desk.ts';

const OFFICE = '+74952223344';

async function look(page: Page, name: string): Promise<void> {
  if (process.env.CI) return;
  mkdirSync('screenshots', { recursive: true });
  await page.screenshot({ path: join('screenshots', `${name}.png`), animations: 'disabled' });
}

/** Two callers of one switchboard, merged by its number, and four names that came with it. */
async function office(desk: Desk): Promise<number> {
  const anna = await desk.operator('Анна', 100);
  const site = await desk.source('Сайт', { [anna.id]: 1 });
  const submit = (body: object) => desk.host.api<Contact>('POST', '/contacts', { source_id: site.id, ...body });
  await submit({ external_id: 'a', phone: OFFICE, name: 'Вера' });
  await submit({ external_id: 'b', name: 'Глеб' });
  const { lead_id } = await submit({ external_id: 'b', phone: OFFICE });
  for (const name of ['Дарья', 'Егор', 'Жанна']) await submit({ phone: OFFICE, name });
  return lead_id;
}

test('a number that many people share is marked on the card of its lead, with a preview of the leads that it separates; it can be undone', async ({
  desk,
  console,
}) => {
  const lead = await office(desk);
  await console.goto(`${console.url().split('#')[0]}#/leads?lead=${lead}`);
  const card = console.getByTestId('lead-card');
  await expect(card).toContainText('разных имени: возможно, контакт общий');
  await card.getByRole('button', { name: 'Общий… +7 495 222-33-44' }).click();
  await expect(card).toContainText('Отделятся лиды, слитые по нему: Лид 1 · Вера');
  await look(console, 'identity-share-ru');
  await card.getByRole('button', { name: 'Отметить общим', exact: true }).click();
  await expect(card).toContainText('общий, по нему не узнают');
  await expect(card).toContainText('разъединены');
  const found = async () => (await desk.host.api<{ items: { id: number }[] }>('GET', `/leads?phone=${OFFICE}`)).items.map(({ id }) => id);
  expect(await found()).toEqual([2, 1]);
  await console.getByRole('status').filter({ hasText: 'теперь общий контакт' }).getByRole('button', { name: 'Вернуть' }).click();
  await expect(card).not.toContainText('общий, по нему не узнают');
  expect(await found()).toEqual([2]);
});

test('a source created in the console has its own external ids; its row changes that, and undoes it', async ({ desk, console }) => {
  const shared = await desk.source('Telegram', {});
  await console.getByRole('link', { name: 'Источники' }).click();
  await console.getByRole('textbox', { name: 'Название нового источника' }).fill('VK');
  await console.keyboard.press('Enter');
  await expect(console.getByRole('dialog')).toBeVisible(); // its key
  await console.keyboard.press('Escape');
  await expect(console.getByRole('dialog')).toBeHidden();
  const ids = (name: string) => console.getByRole('radiogroup', { name: `Внешние номера: ${name}` });
  await expect(ids('VK').getByRole('radio', { name: 'свои' })).toBeChecked();
  await expect(ids('Telegram').getByRole('radio', { name: 'общие' })).toBeChecked();
  await ids('Telegram').getByText('свои').click();
  await expect.poll(() => desk.host.api('GET', `/sources/${shared.id}`)).toMatchObject({ external_ids: 'own' });
  await console.getByRole('status').filter({ hasText: 'внешние номера — свои' }).getByRole('button', { name: 'Вернуть' }).click();
  await expect(ids('Telegram').getByRole('radio', { name: 'общие' })).toBeChecked();
  await console.getByRole('link', { name: 'Журнал' }).click();
  await expect(console.getByRole('row').filter({ hasText: 'внешние номера: общие → свои' })).toBeVisible();
});

test('values that identify nobody are a list in the settings', async ({ desk, console }) => {
  const anna = await desk.operator('Анна', 100);
  const site = await desk.source('Сайт', { [anna.id]: 1 });
  await console.getByRole('link', { name: 'Настройки' }).click();
  const list = console.getByRole('textbox', { name: 'Общие значения' });
  await list.fill(`${await list.inputValue()}\n8 495 222-33-44`);
  await console.getByRole('button', { name: 'Сохранить', exact: true }).click();
  await expect(console.getByRole('status').filter({ hasText: 'Настройки сохранены' })).toBeVisible();
  await look(console, 'identity-values-ru');
  const contact = await desk.host.api<Contact>('POST', '/contacts', { source_id: site.id, phone: OFFICE });
  expect(contact.warnings).toEqual([expect.stringContaining('shared_identifier')]);
  await console.getByRole('link', { name: 'Журнал' }).click();
  await expect(console.getByRole('row').filter({ hasText: 'Общие значения: +8 495 222-33-44' })).toBeVisible();
});

/** An older desk: several sources gave the same external ids, and two operators have names that now look the same. */
async function older(desk: Desk, page: Page, locale: string): Promise<void> {
  const anna = await desk.operator('Анна Иванова', 100);
  const other = await desk.operator('Борис', 100);
  const [telegram, vk] = [await desk.source('Telegram', { [anna.id]: 1 }), await desk.source('VK', { [anna.id]: 1 })];
  const submit = (source_id: number, external_id: string) => desk.host.api<Contact>('POST', '/contacts', { source_id, external_id });
  for (const [source, id] of [
    [telegram, 'only-telegram'],
    [telegram, '12345'],
    [vk, '12345'],
    [vk, 'only-vk'],
    [vk, 'only-vk-2'],
  ] as const)
    await submit(source.id, id);
  const database = new Database(join(desk.host.ready.dataDir, 'switchyard.db'));
  database.exec("INSERT INTO settings (key, value) VALUES ('asks_external_ids', 'true')");
  database.prepare("UPDATE operators SET name = 'Анна\u00a0Иванова', name_key = 'анна иванова' || char(10) || id WHERE id = ?").run(other.id);
  database.close();
  await desk.host.restart({ LANG: locale });
  await openConsole(page, desk);
}

test('an older desk is asked once whether external ids are shared, with the leads that each choice concerns', async ({ desk, page }) => {
  await older(desk, page, 'ru_RU.UTF-8');
  await page.getByRole('link', { name: 'Операторы' }).click();
  await expect(page.getByRole('note')).toContainText('выглядят одинаково');
  await look(page, 'identity-names-ru');
  await page.getByRole('link', { name: 'Источники' }).click();
  const question = page.getByTestId('ask-external-ids');
  await expect(question).toContainText('Telegram: лидов только этого источника — 1, общих с другими — 1');
  await expect(question).toContainText('VK: лидов только этого источника — 2, общих с другими — 1');
  await look(page, 'identity-ask-ru');
  await question.getByRole('button', { name: 'Свои у каждого источника' }).click();
  await expect(question).toBeHidden();
  await expect(page.getByRole('radiogroup', { name: 'Внешние номера: VK' }).getByRole('radio', { name: 'свои' })).toBeChecked();
  await page.getByRole('status').filter({ hasText: 'Внешние номера всех источников' }).getByRole('button', { name: 'Вернуть' }).click();
  await expect(question).toBeVisible();
  await question.getByRole('button', { name: 'Общие, как сейчас' }).click();
  await expect(question).toBeHidden();
  await expect(page.getByRole('radiogroup', { name: 'Внешние номера: VK' }).getByRole('radio', { name: 'общие' })).toBeChecked();
});

test.describe('in English', () => {
  test.use({ language: 'en' });

  test('has the same questions and answers', async ({ desk, page }) => {
    await older(desk, page, 'en_GB.UTF-8');
    await page.getByRole('link', { name: 'Sources' }).click();
    await expect(page.getByTestId('ask-external-ids')).toContainText('VK: leads of this source only: 2; in common with others: 1');
    await look(page, 'identity-ask-en');
    await page.goto(`${page.url().split('#')[0]}#/leads?lead=2`);
    const card = page.getByTestId('lead-card');
    await card.getByRole('button', { name: 'Shared… 12345' }).click();
    await expect(card).toContainText('No leads will be set apart.');
    await look(page, 'identity-share-en');
  });
});
