import { expect, runInShell, test } from './desk.ts';

test.describe('in English', () => {
  test.use({ language: 'en' });

  test('a first start leads through three steps to the first contact, with a line that works as pasted', async ({ desk, console }) => {
    await expect(console.getByRole('heading', { name: 'Start the shift' })).toBeVisible();
    await console.getByRole('textbox', { name: 'Name of the new operator' }).fill('Anna');
    await console.keyboard.press('Enter');
    await console.getByRole('textbox', { name: 'Name of the new source' }).fill('Telegram');
    await console.keyboard.press('Enter');
    const line = await console.getByTestId('curl').innerText();
    expect(await runInShell(line)).toMatchObject({ status: 'assigned', operator: { name: 'Anna' }, lead: { phone: '+79001234567', created: true } });
    await expect(console.getByText('The first contact is here')).toBeVisible();
    await console.getByRole('button', { name: 'Open the shift' }).click();
    await expect(console.getByTestId('operator-row-1')).toContainText('1 / 10');
    expect(await runInShell(line), 'the key makes the second run the same contact').toMatchObject({ id: 1 });
    expect(await desk.host.api('GET', '/contacts')).toMatchObject({ items: [{ id: 1 }] });
  });
});

test('the demo fills the desk, and its bot hands in contacts through the port until it is stopped', async ({ desk, console }) => {
  await console.getByRole('button', { name: 'Заполнить демо-данными' }).click();
  await expect(console.getByRole('switch', { name: 'На линии: Анна Ковалёва' })).toBeChecked();
  await expect(console.getByTestId('recent').getByRole('row').nth(3)).toBeVisible({ timeout: 20_000 });
  await expect(console.getByText('Демо-бот')).toBeVisible();
  await console.getByRole('button', { name: 'Остановить' }).click();
  await expect(console.getByText('Демо-бот')).toBeHidden();
  const { items } = await desk.host.api<{ items: { name: string }[] }>('GET', '/sources');
  expect(items.map((source) => source.name)).toEqual(['Telegram', 'WhatsApp', 'ВКонтакте', 'Форма на сайте']);
});
