import type { Contact } from '#shared/contract/entities.ts';
import { call } from '#shells/testing/host-process.ts';
import { expect, runInShell, test } from '../harness/desk.ts';

test('a new source shows its key once, with a command that submits a contact when pasted; a revoked key is refused', async ({ desk, console }) => {
  const anna = await desk.operator('Анна');
  await console.getByRole('link', { name: 'Источники' }).click();
  await console.getByRole('textbox', { name: 'Название нового источника' }).fill('Лендинг');
  await console.keyboard.press('Enter');
  const card = console.getByRole('dialog');
  const api_key = await card.getByTestId('api-key').innerText();
  const line = await card.getByTestId('curl').innerText();
  await desk.host.api('PUT', `/operators/${anna.id}/competences/1`, { weight: 1 });

  expect(await runInShell(line)).toMatchObject({ status: 'assigned', operator_id: anna.id });
  await console.keyboard.press('Escape');
  await expect(card).toBeHidden();
  await expect(console.getByText(api_key)).toBeHidden();

  const post = () => call<Contact>(desk.host.ready.apiUrl, api_key, 'POST', '/contacts', { phone: '8 (900) 123-45-67' });
  const known = await post();
  expect(known).toMatchObject({ status: 201, body: { lead: { phone: '+79001234567', created: false } } });
  await console.reload();
  await expect(console.getByTestId('source-1')).toContainText(/\d+ с назад/);
  const revoke = console.getByRole('button', { name: `…${api_key.slice(-4)}, Лендинг` });
  await revoke.click(); // asks for confirmation
  await revoke.click();
  await expect.poll(async () => (await post()).status).toBe(401);
});

test('archiving a source asks for confirmation and revokes its keys permanently: undo and unarchiving restore it without one', async ({ desk, console }) => {
  const source = await desk.source('Лендинг');
  const status = async (api_key: string) => (await call<Contact>(desk.host.ready.apiUrl, api_key, 'POST', '/contacts', { external_id: 'a' })).status;
  await console.getByRole('link', { name: 'Источники' }).click();
  const row = console.getByTestId(`source-${source.id}`);
  const archive = async () => {
    const button = row.getByRole('button', { name: 'В архив: Лендинг' });
    await button.click(); // asks for confirmation
    await expect(row).toBeVisible();
    await button.click();
    await expect(row).toBeHidden();
  };
  await archive();
  await expect(console.getByText('Лендинг: в архиве. Ключи отозваны навсегда, история сохранена.')).toBeVisible();
  await console.getByRole('button', { name: 'Вернуть', exact: true }).click();
  await expect(console.getByText('Прежние ключи источника не действуют: создайте новый на экране «Источники».')).toBeVisible();
  await expect(row).toContainText('нет ключа — боты не могут передавать');
  expect(await status(source.api_key)).toBe(401);

  await archive();
  await console.getByText('В архиве 1 источник').click();
  await console.getByRole('button', { name: 'Вернуть из архива: Лендинг' }).click();
  await expect(console.getByText('Лендинг: снова в работе. Прежние ключи не действуют — создайте новый.')).toBeVisible();
  await row.getByRole('button', { name: 'Создать ключ: Лендинг' }).click();
  const api_key = await console.getByRole('dialog').getByTestId('api-key').innerText();
  expect(await status(api_key)).not.toBe(401);
  expect(await status(source.api_key)).toBe(401);
});
