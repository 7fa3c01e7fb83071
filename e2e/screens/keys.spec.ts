/** Working by keyboard: the palette, the keys of rows and screens, the wallboard. */
import { expect, test } from '../harness/desk.ts';

test('the palette finds screens, operators, sources, leads and contacts, in either language and layout', async ({ desk, console }) => {
  const anna = await desk.operator('Анна Петрова', 7);
  const source = await desk.source('Telegram', { [anna.id]: 100 });
  const contact = await desk.contact(source, 'tg-7712', 'Иван Смирнов');
  const palette = console.getByRole('dialog');
  const field = console.getByRole('combobox', { name: 'Найти что угодно' });

  await console.keyboard.press('Control+k');
  await expect(field).toBeFocused();
  for (const [typed, shown] of [
    ['веса', 'Веса'],
    ['weig', 'Веса'],
    ['dtcf', 'Веса'],
    ['петр', 'Анна Петрова'],
    ['telegr', 'Telegram'],
    ['7712', 'Иван Смирнов'],
  ] as const) {
    await field.fill(typed);
    await expect(palette.getByRole('option').filter({ hasText: shown }).first()).toBeVisible();
  }
  await palette.getByTestId(`palette-contact:${contact.id}`).click();
  await expect(console.getByRole('dialog')).toContainText(`Обращение ${contact.id}`);
  await console.keyboard.press('Escape');

  await console.keyboard.press('Control+k');
  await field.fill('веса');
  await console.keyboard.press('Enter');
  await expect(console.getByRole('heading', { level: 1 })).toHaveText('Веса');
  await console.keyboard.press('Control+k');
  await expect(palette.getByRole('option').first(), 'what was chosen last comes first').toContainText('Веса');
  await console.keyboard.press('Control+k');
  await expect(palette).toBeHidden();
});

test('the palette announces what Enter would do: the first match at once, results of the host when they arrive, and similar names after a typo', async ({
  desk,
  console,
}) => {
  const anna = await desk.operator('Анна Петрова', 7);
  await desk.contact(await desk.source('Telegram', { [anna.id]: 100 }), 'tg-7712', 'Иван Смирнов');
  const palette = console.getByRole('dialog', { name: 'Найти что угодно' });
  const field = palette.getByRole('combobox');
  /** The current option as a screen reader announces it: the focus stays in the field. */
  const current = async () => {
    const id = await field.getAttribute('aria-activedescendant');
    return id === null ? null : console.locator(`[id="${id}"][role="option"][aria-selected="true"]`).innerText();
  };
  await console.keyboard.press('Control+k');
  await expect.poll(current).toContain('Смена');
  await console.keyboard.press('ArrowUp');
  await expect.poll(current, 'round to the last').toBe(await palette.getByRole('option').last().innerText());
  await console.keyboard.press('ArrowDown');
  await console.keyboard.press('ArrowDown');
  await expect.poll(current).toContain('Обращения');

  await field.fill('опреаторы');
  await expect(palette.getByRole('group', { name: 'Возможно, имелось в виду' }).getByRole('option')).toHaveText(['Операторы5']);
  await field.fill('Петорва');
  await expect.poll(current).toContain('Анна Петрова');
  await field.fill('ъъъ');
  await expect(palette.getByRole('status')).toHaveText('Ничего не нашлось');
  expect(await current()).toBe(null);

  await field.fill('7712');
  await expect.poll(current, 'nothing but the host knows it').toContain('Иван Смирнов');
  await console.keyboard.press('Enter');
  await expect(palette).toBeHidden();
  await expect(console.getByRole('dialog')).toContainText('Иван Смирнов');
});

test('the palette takes an operator off line, and u undoes that', async ({ desk, console }) => {
  const anna = await desk.operator('Анна');
  await desk.source('VK', { [anna.id]: 1 });
  await desk.contact(await desk.source('Сайт', { [anna.id]: 1 }), 'a');
  const control = console.getByRole('switch', { name: 'На линии: Анна' });
  await expect(control).toBeChecked();
  await console.keyboard.press('Control+k');
  await expect(console.getByRole('combobox', { name: 'Найти что угодно' })).toBeFocused();
  await console.keyboard.type('анна снять');
  await expect(console.getByTestId(`palette-toggle:${anna.id}`)).toBeVisible();
  await console.keyboard.press('Enter');
  await expect(control).not.toBeChecked();
  await expect(console.getByText('остаётся 1 обращение')).toBeVisible();
  await console.keyboard.press('u');
  await expect(control).toBeChecked();
});

test('rows are navigated and switched by keys, also in a Russian layout; single keys can be switched off', async ({ desk, console }) => {
  const anna = await desk.operator('Анна');
  await desk.operator('Борис');
  await desk.contact(await desk.source('VK', { [anna.id]: 1 }), 'a');
  const control = console.getByRole('switch', { name: 'На линии: Борис' });
  await expect(control).toBeChecked();
  await console.keyboard.press('j');
  /** A key of a Russian layout: same position, another letter. */
  const russian = async (key: string, code: string) => {
    const session = await console.context().newCDPSession(console);
    for (const type of ['rawKeyDown', 'keyUp'] as const) await session.send('Input.dispatchKeyEvent', { type, key, code });
    await session.detach();
  };
  await russian('о', 'KeyJ');
  await console.keyboard.press('Space');
  await expect(control).not.toBeChecked();
  await expect(console.getByRole('button', { name: 'Вернуть', exact: true })).toBeVisible();
  await russian('г', 'KeyU');
  await expect(control).toBeChecked();
  await russian('л', 'KeyK');
  await expect(console.getByTestId(`operator-row-${anna.id}`)).toBeFocused();
  await russian('/', 'Backslash'); // there the character is on another key
  await expect(console.getByRole('combobox', { name: 'Найти что угодно' })).toBeFocused();
  await console.keyboard.press('Escape');
  await expect(console.getByRole('dialog')).toBeHidden();
  await console.getByRole('link', { name: 'Настройки' }).click();
  await console.getByText('тёмная', { exact: true }).click();
  await console.keyboard.press('Digit1'); // a theme button takes no text input
  await expect(console.getByRole('heading', { level: 1 })).toHaveText('Смена');

  await console.keyboard.press('?');
  const help = console.getByRole('dialog');
  await help.getByRole('switch', { name: 'Одиночные клавиши' }).press('Space');
  await console.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await console.keyboard.press('Digit2');
  await console.keyboard.press('?');
  await expect(help).toBeHidden();
  await expect(console.getByRole('heading', { level: 1 })).toHaveText('Смена');
  await console.reload();
  await expect(console.getByTestId('pulse')).toBeVisible();
  await console.keyboard.press('Control+k');
  await expect(console.getByRole('combobox', { name: 'Найти что угодно' })).toBeFocused();
});

test('F11 shows the figures on the whole screen, and Esc leaves them', async ({ desk, console }) => {
  const anna = await desk.operator('Анна', 1);
  const source = await desk.source('VK', { [anna.id]: 1 });
  for (let nth = 0; nth < 6; nth++) await desk.contact(source, `a${nth}`);
  await console.keyboard.press('Digit4');
  await console.keyboard.press('F11');
  const wall = console.getByTestId('wallboard');
  await expect(wall.getByTestId('wall-waiting').getByText('5', { exact: true })).toBeVisible(); // its target has the same digit
  await expect(wall.getByTestId('wall-waiting').getByRole('img', { name: 'внимание' })).toBeVisible();
  await expect(wall.getByTestId('wall-load').getByRole('img', { name: 'критично' })).toBeVisible();
  await expect(wall).toContainText('VK: все заняты');
  await desk.host.api('POST', '/operators', { name: 'Вера', max_load: 10 });
  await expect(wall.getByTestId('wall-active')).toContainText('2 / 2');
  await console.keyboard.press('Escape');
  await expect(console.getByRole('heading', { level: 1 })).toHaveText('Веса');
});

test('the rail collapses to icons and stays collapsed', async ({ desk, console }) => {
  await desk.operator('Анна');
  const word = console.getByRole('link', { name: 'Веса' }).getByText('Веса');
  expect((await word.boundingBox())?.width).toBeGreaterThan(20);
  await console.getByRole('button', { name: 'Сузить меню' }).click();
  expect((await word.boundingBox())?.width).toBeLessThan(2);
  await console.reload();
  await console.getByRole('button', { name: 'Расширить меню' }).click();
  expect((await word.boundingBox())?.width).toBeGreaterThan(20);

  await console.setViewportSize({ width: 1100, height: 800 }); // too narrow for words: there is nothing to choose
  await expect(console.getByRole('button', { name: /меню$/ })).toHaveCount(0);
  expect((await word.boundingBox())?.width).toBeLessThan(2);
});
