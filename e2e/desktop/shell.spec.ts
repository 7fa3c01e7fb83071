/** The desktop shell: menu, tray, notifications, and a window that can be closed and reopened. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contact, Operator, Source } from '#shared/contract/entities.ts';
import { type Desktop, executablePath, expect, noonZone, root, test } from './desktop.ts';

test.use({ launch: { env: { TZ: noonZone() } } });

/** Anna with this many slots, and a source that she serves. */
async function staffed(desktop: Desktop, max_load: number): Promise<{ anna: Operator; source: Source }> {
  const anna = await desktop.api<Operator>('POST', '/operators', { name: 'Анна', max_load });
  const source = await desktop.api<Source>('POST', '/sources', { name: 'Telegram' });
  await desktop.api('PUT', `/operators/${anna.id}/competences/${source.id}`, { weight: 100 });
  return { anna, source };
}

const contact = (desktop: Desktop, source: Source, nth: number): Promise<Contact> =>
  desktop.api('POST', '/contacts', { source_id: source.id, external_id: `tg-${nth}` });

/** Clicks an item of the application menu. */
const press = (desktop: Desktop, id: string): Promise<void> =>
  desktop.app.evaluate(({ Menu, BrowserWindow }, wanted) => {
    const item = Menu.getApplicationMenu()?.getMenuItemById(wanted);
    item?.click(undefined, BrowserWindow.getAllWindows()[0], undefined);
  }, id);

const hide = (desktop: Desktop, hidden: boolean): Promise<void> =>
  desktop.app.evaluate(({ BrowserWindow }, away) => {
    const window = BrowserWindow.getAllWindows()[0];
    if (away) window?.hide();
    else window?.show();
  }, hidden);

test('the tray shows how many contacts wait and how full the operators are, and its menu shows the window', async ({ desktop }) => {
  await desktop.app.evaluate(({ Tray }) => {
    const told: { tip: string; menu: string[] } = { tip: '', menu: [] };
    Object.assign(globalThis, { told });
    const { setToolTip, setContextMenu } = Tray.prototype;
    Tray.prototype.setToolTip = function (tip) {
      told.tip = tip;
      setToolTip.call(this, tip);
    };
    Tray.prototype.setContextMenu = function (menu) {
      told.menu = menu?.items.map((item) => item.label) ?? [];
      Object.assign(globalThis, { trayMenu: menu });
      setContextMenu.call(this, menu);
    };
  });
  const told = () => desktop.app.evaluate(() => Reflect.get(globalThis, 'told') as { tip: string; menu: string[] });
  const { source } = await staffed(desktop, 2);
  for (let nth = 1; nth <= 5; nth++) await contact(desktop, source, nth);
  await expect.poll(async () => (await told()).tip).toBe('Switchyard: ждут: 3, загрузка 100 %');
  expect((await told()).menu).toEqual(['ждут: 3', 'загрузка 100 %', '', 'Показать окно', 'Табло', '', 'Выйти']);
  await hide(desktop, true);
  await desktop.app.evaluate(() => (Reflect.get(globalThis, 'trayMenu') as Electron.Menu).items.find((item) => item.label === 'Показать окно')?.click());
  expect(await desktop.isVisible()).toBe(true);
});

test('a figure past its threshold causes one system notification, and a click on it shows the window', async ({ desktop }) => {
  await desktop.app.evaluate(({ Notification }) => {
    const shown: { title: string; body: string }[] = [];
    Object.assign(globalThis, { shown });
    Notification.isSupported = () => true;
    Notification.prototype.show = function () {
      shown.push({ title: this.title, body: this.body });
      Object.assign(globalThis, { notification: this });
    };
  });
  const shown = () => desktop.app.evaluate(() => Reflect.get(globalThis, 'shown') as { title: string; body: string }[]);
  const { source } = await staffed(desktop, 1);
  await hide(desktop, true);
  for (let nth = 1; nth <= 7; nth++) await contact(desktop, source, nth);
  await expect.poll(shown, { timeout: 20_000 }).not.toEqual([]);
  const first = (await shown())[0];
  expect(first?.title).toBe('Нужен человек');
  expect(first?.body).toContain('Загрузка: 100 %');
  await desktop.app.evaluate(() => (Reflect.get(globalThis, 'notification') as NodeJS.EventEmitter).emit('click'));
  expect(await desktop.isVisible()).toBe(true);
});

test('the menu is in Russian, works like its keys, and shows the versions', async ({ desktop }) => {
  const { app, page } = desktop;
  await staffed(desktop, 1);
  const labels = await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map((item) => item.label));
  expect(labels).toEqual(['Файл', 'Правка', 'Вид', 'Окно', 'Справка']);

  await press(desktop, 'palette');
  await expect(page.getByRole('combobox', { name: 'Найти что угодно' })).toBeFocused();
  await desktop.picture('palette');
  await page.keyboard.press('Escape');
  await press(desktop, 'help');
  await expect(page.getByRole('dialog')).toContainText('Одиночные клавиши');
  await page.keyboard.press('Escape');

  await app.evaluate(({ dialog }) => {
    dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false });
  });
  await press(desktop, 'about');
  await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toMatch(/^Switchyard \d.*\nElectron \d.*\nChromium \d.*\nNode\.js \d/);

  await press(desktop, 'wallboard');
  await expect(page.getByTestId('wallboard')).toBeVisible();
  await expect.poll(() => page.evaluate(() => document.fullscreenElement !== null)).toBe(true);
  await desktop.picture('wallboard');
  await page.keyboard.press('F11');
  await expect(page.getByTestId('pulse')).toBeVisible();
  await expect.poll(() => page.evaluate(() => document.fullscreenElement)).toBe(null);
});

test('zoom keys of the menu work with and without Shift and on the numeric keypad, and Ctrl+R is left to the page', async ({ desktop }) => {
  const { app, page } = desktop;
  await staffed(desktop, 1);
  /** Sends a key as the window system does: keys the page does not handle go to the menu. */
  const press = (keyCode: string, ...modifiers: ('control' | 'shift')[]) =>
    app.evaluate(
      ({ BrowserWindow }, key) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        contents?.focus();
        for (const type of ['keyDown', 'keyUp'] as const) contents?.sendInputEvent({ type, ...key });
      },
      { keyCode, modifiers },
    );
  const zoom = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getZoomLevel());
  for (const [keyCode, modifiers, level] of [
    ['=', ['control'], 0.5],
    ['Plus', ['control', 'shift'], 1],
    ['numadd', ['control'], 1.5],
    ['-', ['control'], 1],
    ['numsub', ['control'], 0.5],
    ['0', ['control'], 0],
  ] as const) {
    await press(keyCode, ...modifiers);
    await expect.poll(zoom, { message: keyCode }).toBe(level);
  }
  await page.evaluate(() => Object.assign(window, { isSame: true }));
  await press('R', 'control');
  await press('F5');
  await expect.poll(() => page.evaluate(() => String(Reflect.get(window, 'isSame'))).catch(() => 'loading')).toBe('undefined');
  const keys = await app.evaluate(({ Menu }) =>
    (Menu.getApplicationMenu()?.items ?? []).flatMap(({ submenu }) => submenu?.items.map((item) => item.accelerator) ?? []),
  );
  expect(keys).not.toContain('CommandOrControl+R');
});

test('the desk keeps working in the tray after the window is closed, and a second start shows the window', async ({ desktop, dataDir }) => {
  await press(desktop, 'on-close-stay');
  await desktop.closeWindow();
  await expect.poll(() => desktop.isVisible()).toBe(false);
  await staffed(desktop, 1);
  const second = spawn(executablePath, [root, '--json', '--port', '0', '--data-dir', dataDir], { stdio: 'ignore' });
  expect((await once(second, 'close'))[0]).toBe(3);
  await expect.poll(() => desktop.isVisible()).toBe(true);
  expect(JSON.parse(readFileSync(join(dataDir, 'window', 'preferences.json'), 'utf8'))).toMatchObject({ on_close: 'stay' });
});

test.describe('with the system', () => {
  test.use({
    launch: async ({ dataDir }, use) => use({ args: ['--hidden'], env: { XDG_CONFIG_HOME: join(dataDir, '..', 'config') } }),
  });

  test('starts hidden, also at the next login if the user chooses that', async ({ desktop, dataDir }) => {
    const entry = join(dataDir, '..', 'config', 'autostart', 'switchyard.desktop');
    expect(await desktop.isVisible()).toBe(false);
    await press(desktop, 'start-at-login');
    expect(readFileSync(entry, 'utf8')).toMatch(new RegExp(`^Exec=.*--data-dir ${dataDir} --hidden$`, 'm'));
    await press(desktop, 'start-at-login');
    expect(existsSync(entry)).toBe(false);
  });
});

test('weights, moving a contact and undoing a switch work in the window as in a browser', async ({ desktop }) => {
  const { page } = desktop;
  const { anna, source } = await staffed(desktop, 5);
  const boris = await desktop.api<Operator>('POST', '/operators', { name: 'Борис', max_load: 5 });
  await page.keyboard.press('Digit1');
  await expect(page.getByTestId(`operator-row-${boris.id}`)).toBeVisible();
  const first = await contact(desktop, source, 1);
  expect(first.operator_id).toBe(anna.id);

  await page.getByTestId('recent').getByRole('button', { name: 'Почему' }).first().click();
  const card = page.getByTestId('decision-card').getByRole('dialog');
  await card.getByRole('button', { name: 'Передать…' }).click();
  await page.getByRole('option', { name: /Борис/ }).click();
  await expect(page.getByTestId(`operator-row-${boris.id}`)).toContainText('1 / 5');
  await page.keyboard.press('Escape');
  await expect(card).toBeHidden();

  const control = page.getByRole('switch', { name: 'На линии: Анна' });
  await control.press('Space');
  await expect(control).not.toBeChecked();
  await page.getByRole('button', { name: 'Вернуть', exact: true }).click();
  await expect(control).toBeChecked();

  await page.getByRole('link', { name: 'Веса' }).click();
  await page.getByTestId(`weight-${anna.id}-${source.id}`).click();
  await page.keyboard.type('250');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Применить', exact: true }).click();
  await expect.poll(() => desktop.api('GET', `/competences?source_id=${source.id}`)).toMatchObject({ items: [{ operator_id: anna.id, weight: 250 }] });
});
