/** Contacts and leads in the real window: search, moves by keyboard, undo, cards. */
import type { Contact, Operator, Source } from '#shared/contract/entities.ts';
import { expect, test } from './desktop.ts';

test('contacts are found and reassigned by keys only, that is undone, and the lead of one is shown', async ({ desktop }) => {
  const { page } = desktop;
  const [anna, boris] = [
    await desktop.api<Operator>('POST', '/operators', { name: 'Анна Петрова', max_load: 20 }),
    await desktop.api<Operator>('POST', '/operators', { name: 'Борис Ким', max_load: 1 }),
  ];
  const source = await desktop.api<Source>('POST', '/sources', { name: 'Telegram' });
  await desktop.api('PUT', `/operators/${anna.id}/competences/${source.id}`, { weight: 1 });
  const submit = (body: object) => desktop.api<Contact>('POST', '/contacts', { source_id: source.id, ...body });
  for (let nth = 1; nth <= 3; nth++) await submit({ external_id: `tg-${nth}`, name: `Клиент ${nth}` });
  const olga = await submit({ phone: '8 (900) 123-45-67', name: 'Ольга Ёлкина', message: 'Сколько стоит доставка?' });
  const row = (id: number) => page.getByTestId(`contact-row-${id}`);
  const loads = async () => Promise.all([anna, boris].map(async ({ id }) => (await desktop.api<Operator>('GET', `/operators/${id}`)).current_load));

  await page.keyboard.press('Digit2');
  await expect(row(olga.id)).toContainText('Анна Петрова');
  await expect(page.locator('[data-testid^="contact-row-"]')).toHaveCount(4);
  await desktop.picture('contacts');
  await page.keyboard.press('Slash');
  await page.keyboard.type('45-67');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-testid^="contact-row-"]')).toHaveCount(1);
  await expect(row(olga.id)).toBeFocused();
  await page.keyboard.press('KeyR');
  await page.getByRole('dialog').getByRole('combobox').fill('бор');
  await page.keyboard.press('Enter');
  await expect(row(olga.id)).toContainText('Борис Ким');
  expect(await loads()).toEqual([3, 1]);
  await page.keyboard.press('KeyU');
  await expect(page.getByText('Вернулось на место 1 обращение.')).toBeVisible();
  await expect(row(olga.id)).toContainText('Анна Петрова');
  expect(await loads()).toEqual([4, 0]);

  await page.keyboard.press('Digit3');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Лиды');
  await expect(page.locator('[data-testid^="lead-row-"]')).toHaveCount(4);
  await page.keyboard.press('Slash');
  await page.keyboard.type('елкина');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-testid^="lead-row-"]')).toHaveCount(1);
  await desktop.picture('leads');
  await expect(page.locator('[data-testid^="lead-row-"]')).toBeFocused();
  await page.keyboard.press('Enter');
  const card = page.getByRole('dialog');
  await expect(card).toContainText('Ольга Ёлкина');
  await expect(card).toContainText('+7 900 123-45-67');
  await expect(card).toContainText('Сколько стоит доставка?');
  await desktop.picture('lead');
  await page.keyboard.press('Escape');
  await expect(card).toBeHidden();
});
