import { call } from '#shells/testing/host-process.ts';
import { expect, runInShell, test } from '../harness/desk.ts';

test.describe('in English', () => {
  test.use({ language: 'en' });

  test('a first start leads through three steps to the first contact, with a key and a command that works as pasted', async ({ desk, console, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const copied = () => console.evaluate(() => navigator.clipboard.readText());
    await expect(console.getByRole('heading', { name: 'Start the shift' })).toBeVisible();
    await console.getByRole('textbox', { name: 'Name of the new operator' }).fill('Anna');
    await console.keyboard.press('Enter');
    await console.getByRole('textbox', { name: 'Name of the new source' }).fill('Telegram');
    await console.keyboard.press('Enter');
    await expect(console.getByRole('status').filter({ hasText: 'Waiting for the first contact' })).toBeVisible();
    await console.getByRole('button', { name: 'Copy the key' }).click();
    await expect(console.getByRole('button', { name: 'Copied' })).toBeVisible();
    const api_key = await copied();
    await expect(console.getByTestId('api-key')).toHaveText(api_key);
    await console.getByRole('button', { name: 'Copy the command' }).click();
    await expect.poll(copied).toContain('curl');
    const line = await copied();
    expect(line).toContain(api_key);
    expect(await runInShell(line)).toMatchObject({ status: 'assigned', operator: { name: 'Anna' }, lead: { phone: '+79001234567', created: true } });
    await expect(console.getByText('The first contact is here')).toBeVisible();
    await expect(console.getByText('→ Anna · 100%')).toBeVisible();
    await console.getByRole('button', { name: 'Why' }).click();
    await expect(console.getByRole('dialog')).toContainText('Contact 1');
    await console.keyboard.press('Escape');
    await console.getByRole('button', { name: 'Open the shift' }).click();
    await expect(console.getByTestId('operator-row-1')).toContainText('1 / 10');
    expect(await runInShell(line), 'the key makes the second run the same contact').toMatchObject({ id: 1 });
    expect(await desk.host.api('GET', '/contacts')).toMatchObject({ items: [{ id: 1 }] });
  });
});

test('a refused contact is reported while the first contact is awaited, with a link to the cause', async ({ desk, console }) => {
  await console.getByRole('textbox', { name: 'Имя нового оператора' }).fill('Анна');
  await console.keyboard.press('Enter');
  await console.getByRole('textbox', { name: 'Название нового источника' }).fill('Telegram');
  await console.keyboard.press('Enter');
  const api_key = await console.getByTestId('api-key').innerText();
  await call(desk.host.ready.apiUrl, api_key, 'POST', '/contacts', { phone: 'abc' });
  await console.getByRole('link', { name: 'Посмотреть причину' }).click();
  await expect(console.getByRole('heading', { level: 1 })).toHaveText('Отказы');
  await console.getByRole('link', { name: 'Смена' }).click();
  await expect(console.getByTestId('api-key'), 'the key is still there').toHaveText(api_key);
  await desk.fromBot(api_key, { external_id: 'tg-1' });
  await expect(console.getByText('Первое обращение пришло')).toBeVisible();
});

test('the demo fills the desk, and its bot submits contacts through the port until it is stopped', async ({ desk, console }) => {
  await console.getByRole('button', { name: 'Заполнить демо-данными' }).click();
  await expect(console.getByRole('switch', { name: 'На линии: Анна Ковалёва' })).toBeChecked();
  await expect(console.getByTestId('recent').getByRole('row').nth(3)).toBeVisible({ timeout: 20_000 });
  await expect(console.getByText('Демо-бот')).toBeVisible();
  await console.getByRole('button', { name: 'Остановить' }).click();
  await expect(console.getByText('Демо-бот')).toBeHidden();
  const { items } = await desk.host.api<{ items: { name: string }[] }>('GET', '/sources');
  expect(items.map((source) => source.name)).toEqual(['Telegram', 'WhatsApp', 'ВКонтакте', 'Форма на сайте']);
});

test('the demo’s data is removed completely, with a warning if people have added something, and restored with one click', async ({ desk, console }) => {
  const names = async (path: string) => (await desk.host.api<{ items: { name: string }[] }>('GET', path)).items.map(({ name }) => name);
  await console.getByRole('button', { name: 'Заполнить демо-данными' }).click();
  await expect(console.getByTestId('recent').getByRole('row').nth(2)).toBeVisible({ timeout: 20_000 });
  await console.getByRole('button', { name: 'Убрать…' }).click();
  const question = console.getByRole('dialog');
  await expect(question).toContainText('рабочее место станет пустым, как до демо');
  await expect(question.getByRole('button', { name: 'Убрать демо-данные' })).toBeEnabled();
  await expect(question).not.toContainText('Здесь не только демо');
  await console.screenshot({ path: 'screenshots/ru-light-demo-remove.png' });
  await question.getByRole('button', { name: 'Отменить' }).click();
  await desk.operator('Своя', 4);
  await desk.host.api('POST', '/sources', { name: 'Свой' });
  await console.getByRole('button', { name: 'Убрать…' }).click();
  await expect(question).toContainText('исчезнут и добавленные вами: операторы — 1, источники — 1, обращения — 0.');
  await console.screenshot({ path: 'screenshots/ru-light-demo-remove-mixed.png' });
  await question.getByRole('button', { name: 'Убрать демо-данные' }).click();
  await expect(console.getByRole('button', { name: 'Заполнить демо-данными' })).toBeVisible({ timeout: 20_000 });
  await expect(console.getByText('Демо-данные убраны. Прежнее состояние — на экране «Копии».')).toBeVisible();
  await expect(console.getByRole('button', { name: 'Остановить' })).toBeHidden();
  expect([await names('/operators'), await names('/sources'), (await desk.host.api<{ items: unknown[] }>('GET', '/contacts')).items]).toEqual([[], [], []]);
  await console.getByRole('button', { name: 'Вернуть', exact: true }).click();
  await expect(console.getByRole('switch', { name: 'На линии: Анна Ковалёва' })).toBeVisible({ timeout: 20_000 });
  await expect(console.getByRole('button', { name: 'Убрать…' })).toBeVisible();
  expect(await names('/sources')).toContain('Свой');
});
