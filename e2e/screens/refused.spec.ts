import type { CreatedSource } from '#shared/contract/entities.ts';
import { call } from '#shells/testing/host-process.ts';
import { expect, showsFigure, test } from '../harness/desk.ts';

test('a refused contact is stored with its cause, and resubmitted once that is fixed', async ({ desk, console }) => {
  const anna = await desk.operator('Анна');
  const source = await desk.source('Авито');
  const refused = await call(desk.host.ready.apiUrl, source.api_key, 'POST', '/contacts', { external_id: 'av-5', name: 'Пётр' });
  expect(refused).toMatchObject({ status: 400, body: { code: 'source_has_no_competences' } });

  await showsFigure(console, 'refused', 1);
  await console.getByTestId('pulse-refused').click();
  const item = console.getByRole('listitem').filter({ hasText: 'av-5' });
  await expect(item).toContainText('Авито');
  await item.getByRole('button', { name: 'Передать снова' }).click();
  await expect(console.getByRole('alert').filter({ hasText: 'У источника нет ни одного оператора с весом' })).toBeVisible();

  await desk.host.api('PUT', `/operators/${anna.id}/competences/${source.id}`, { weight: 10 });
  await item.getByRole('button', { name: 'Передать снова' }).click();
  await expect(item).toBeHidden();
  await expect(console.getByTestId('pulse-refused')).toBeHidden();
  expect(await desk.host.api('GET', '/contacts')).toMatchObject({
    items: [{ status: 'assigned', operator_id: anna.id, lead: { external_id: 'av-5', name: 'Пётр' } }],
  });
});

test('errors of a field are shown in the reader’s language, whatever the bot was told', async ({ desk, console }) => {
  const anna = await desk.operator('Анна');
  const source = await desk.source('Авито', { [anna.id]: 10 });
  const misfits: object[] = [
    { external_id: true, attributes: { deep: {} }, name: 'я'.repeat(201), source_id: '1' },
    { external_id: 'a\u0001', attributes: [] },
    { phone: '1', email: 'x' },
    {},
  ];
  for (const body of misfits) expect((await call(desk.host.ready.apiUrl, source.api_key, 'POST', '/contacts', body)).status).toBe(422);
  await console.getByTestId('pulse-refused').click();
  const lines = console.locator('main li li');
  await expect(lines).toHaveText([
    '/ нужен хотя бы один из external_id, phone, email',
    '/phone это не номер телефона',
    '/email это не адрес почты',
    '/external_id есть управляющие знаки',
    '/attributes нужно: объект',
    '/source_id нужно: число',
    '/external_id нужно: текст',
    '/name длиннее 200 знаков',
    '/attributes/deep нужно: текст, число, true или false, null',
  ]);
});

test('a large body is shown with its beginning, and complete on request; of many errors twenty are shown', async ({ desk, console }) => {
  const anna = await desk.operator('Анна');
  const source = await desk.source('Авито', { [anna.id]: 10 });
  const attributes = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`a${i}`, []]));
  const body = { attributes, message: `${'я'.repeat(3000)} конец` };
  expect((await call(desk.host.ready.apiUrl, source.api_key, 'POST', '/contacts', body)).status).toBe(422);
  await console.getByTestId('pulse-refused').click();
  const item = console.getByTestId('refused-1');
  await expect(item.getByRole('listitem')).toHaveCount(21);
  await expect(item.getByRole('listitem').last()).toHaveText('и ещё 40');
  await expect(item).not.toContainText('конец');
  await item.getByRole('button', { name: 'Показать целиком' }).click();
  await expect(item).toContainText('конец');
  await expect(item.getByRole('button', { name: 'Показать целиком' })).toBeHidden();
});

test('the oldest refused contacts of a source that has too many are folded into a line, with their number and reasons', async ({ desk, console }) => {
  const settings = { rate_limit_per_second: null };
  const source = await desk.host.api<CreatedSource>('POST', '/sources', { name: 'Авито', settings });
  const body = { message: 'я'.repeat(32_000) };
  for (let n = 0; n < 140; n++) expect((await call(desk.host.ready.apiUrl, source.api_key, 'POST', '/contacts', body)).status).toBe(422);
  await console.getByTestId('pulse-refused').click();
  const line = console.getByTestId(`folded-${source.id}`);
  await expect(line).toContainText('Ещё 10 отказов источника «Авито»');
  await expect(line).toContainText('10: Данные в неверном формате.');
  await showsFigure(console, 'refused', 130);
});

test('the bot’s fields are edited and resubmitted: errors are next to their fields, and the audit log has one sentence', async ({ desk, console }) => {
  const anna = await desk.operator('Анна');
  const source = await desk.source('Авито', { [anna.id]: 10 });
  const body = { phone: '8 900 123-45', email: 'anna', name: 'Пётр', message: 'Перезвоните', attributes: { page: '/price' } };
  expect((await call(desk.host.ready.apiUrl, source.api_key, 'POST', '/contacts', body, { 'idempotency-key': 'mended-1' })).status).toBe(422);
  await console.getByTestId('pulse-refused').click();
  const item = console.getByTestId('refused-1');
  await item.getByRole('button', { name: 'Исправить' }).press('Enter');
  const form = item.getByRole('form', { name: 'Исправление обращения' });
  const phone = form.getByLabel('Телефон');
  await expect(phone).toBeFocused();
  await expect(phone).toHaveValue('8 900 123-45');
  await expect(phone).toHaveAccessibleDescription('это не номер телефона');
  await expect(form.getByLabel('Почта')).toHaveAccessibleDescription('это не адрес почты');
  await expect(form.getByLabel('Имя')).toHaveValue('Пётр');
  await expect(item.getByLabel('Что передал бот')).toContainText('"phone": "8 900 123-45"');

  await phone.fill('8 900 12');
  await phone.press('Enter');
  await expect(item).toContainText('2 попытки');
  await expect(phone).toHaveValue('8 900 12');
  await expect(item.getByLabel('Что передал бот')).toContainText('"phone": "8 900 12"');

  await phone.fill('8 900 123-45-67');
  await form.getByLabel('Сообщение').fill('Перезвоните после шести');
  await form.getByRole('button', { name: 'Передать снова' }).click();
  await expect(item).toBeHidden();
  expect(await desk.host.api('GET', '/contacts')).toMatchObject({
    items: [{ message: 'Перезвоните после шести', attributes: { page: '/price', email: 'anna' }, lead: { phone: '+79001234567', name: 'Пётр' } }],
  });
  const retry = await call(desk.host.ready.apiUrl, source.api_key, 'POST', '/contacts', body, { 'idempotency-key': 'mended-1' });
  expect(retry).toMatchObject({ status: 200, body: { id: 1 } });
  await console.goto(console.url().replace(/#.*$/, '#/audit'));
  await expect(console.getByRole('main').getByText('Отказ 1 исправлен и принят: обращение 1')).toHaveCount(1);
});

test('a body that is not JSON is shown as text, and its fields can also be edited and resubmitted', async ({ desk, console }) => {
  const anna = await desk.operator('Анна');
  const source = await desk.source('Авито', { [anna.id]: 10 });
  const raw = "{'phone': '8 900 123-45-68', 'name': 'Пётр', 'vip': True}";
  const { status } = await fetch(`${desk.host.ready.apiUrl}/contacts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${source.api_key}`, 'content-type': 'application/json' },
    body: raw,
  });
  expect(status).toBe(400);
  await console.getByTestId('pulse-refused').click();
  const item = console.getByTestId('refused-1');
  await expect(item).toContainText('Тело запроса — не JSON.');
  await expect(item.getByLabel('Что передал бот')).toHaveText(raw);
  const edit = item.getByRole('button', { name: 'Исправить' });
  await edit.click();
  const form = item.getByRole('form');
  await expect(form.getByLabel('Внешний номер')).toBeFocused();
  await console.keyboard.press('Escape');
  await expect(form).toBeHidden();
  await expect(edit).toBeFocused();

  await edit.press('Enter');
  await expect(form.getByLabel('Телефон')).toHaveValue('8 900 123-45-68');
  await form.getByLabel('Внешний номер').fill('av-17');
  await form.getByLabel('Внешний номер').press('Enter');
  await expect(item).toBeHidden();
  expect(await desk.host.api('GET', '/contacts')).toMatchObject({
    items: [{ attributes: { body: raw }, lead: { external_id: 'av-17', phone: '+79001234568', name: 'Пётр' } }],
  });
});
