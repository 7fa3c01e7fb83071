/** Settings made in the desktop window that the program around the window obeys. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Operator, Source } from '#shared/contract/entities.ts';
import { Desktop, expect, noonZone, test } from './desktop.ts';

const menuOf = ({ app }: Desktop): Promise<string[]> => app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map((item) => item.label) ?? []);
const isChecked = ({ app }: Desktop, id: string): Promise<boolean | undefined> =>
  app.evaluate(({ Menu }, wanted) => Menu.getApplicationMenu()?.getMenuItemById(wanted)?.checked, id);
const RUSSIAN = ['Файл', 'Правка', 'Вид', 'Окно', 'Справка'];
const ENGLISH = ['File', 'Edit', 'View', 'Window', 'Help'];

/** Records what tray and notifications show from now on. */
const overhear = ({ app }: Desktop): Promise<void> =>
  app.evaluate(({ Notification, Tray }) => {
    const said = { tip: '', titles: [] as string[] };
    Object.assign(globalThis, { said });
    const { setToolTip } = Tray.prototype;
    Tray.prototype.setToolTip = function (tip) {
      said.tip = tip;
      setToolTip.call(this, tip);
    };
    Notification.isSupported = () => true;
    Notification.prototype.show = function () {
      said.titles.push(this.title);
    };
  });
const said = ({ app }: Desktop) => app.evaluate(() => Reflect.get(globalThis, 'said') as { tip: string; titles: string[] });

test.describe('the language', () => {
  const launch = { language: null, env: { LC_ALL: 'ru_RU.UTF-8', TZ: noonZone() } } as const;
  test.use({ launch });

  test('chosen on the settings screen applies at once to menu, tray and notifications, and at the next start unless --lang says otherwise', async ({
    desktop,
    dataDir,
  }) => {
    expect(await menuOf(desktop)).toEqual(RUSSIAN);
    await overhear(desktop);
    const anna = await desktop.api<Operator>('POST', '/operators', { name: 'Анна', max_load: 1 });
    const source = await desktop.api<Source>('POST', '/sources', { name: 'Telegram' });
    await desktop.api('PUT', `/operators/${anna.id}/competences/${source.id}`, { weight: 1 });
    await desktop.page.getByRole('link', { name: 'Настройки' }).click();
    await desktop.page.getByText('English', { exact: true }).click();
    await expect(desktop.page.getByRole('link', { name: 'Settings' })).toBeVisible();
    await expect.poll(() => menuOf(desktop)).toEqual(ENGLISH);
    await expect.poll(async () => (await said(desktop)).tip).toBe('Switchyard: 0 waiting, load 0 %');
    await desktop.api('POST', '/contacts', { source_id: source.id, external_id: 'a' });
    await expect.poll(async () => (await said(desktop)).titles, { timeout: 20_000 }).toEqual(['Needs somebody']);
    expect(await desktop.close()).toBe(0);

    const again = await Desktop.start(dataDir, launch);
    expect(await menuOf(again)).toEqual(ENGLISH);
    await expect(again.page.getByRole('link', { name: 'Settings' })).toBeVisible();
    expect(await again.close()).toBe(0);

    const asked = await Desktop.start(dataDir, { ...launch, language: 'ru' });
    expect(await menuOf(asked)).toEqual(RUSSIAN);
    await expect(asked.page.getByRole('link', { name: 'Настройки' })).toBeVisible();
    expect(await asked.close()).toBe(0);

    const last = await Desktop.start(dataDir, launch);
    expect(await menuOf(last)).toEqual(ENGLISH);
    await last.app.close();
  });
});

test('the theme chosen on the settings screen also applies to menu and dialogs, and at the next start before the page is loaded', async ({
  desktop,
  dataDir,
}) => {
  const themeOf = ({ app }: Desktop) => app.evaluate(({ nativeTheme }) => nativeTheme.themeSource);
  await desktop.api('POST', '/operators', { name: 'Анна', max_load: 1 });
  expect(await themeOf(desktop)).toBe('system');
  await desktop.page.getByRole('link', { name: 'Настройки' }).click();
  await desktop.page.getByText('тёмная', { exact: true }).click();
  await expect.poll(() => themeOf(desktop)).toBe('dark');
  expect(await desktop.close()).toBe(0);

  const again = await Desktop.start(dataDir, {});
  expect(await themeOf(again)).toBe('dark');
  const ground = await again.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBackgroundColor());
  expect(ground).toBe('#0E1116');
  await expect(again.page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  expect(await again.close()).toBe(0);
});

test.describe('starting with the system', () => {
  test.use({ launch: async ({ dataDir }, use) => use({ env: { XDG_CONFIG_HOME: join(dataDir, '..', 'config') } }) });

  test('is a switch on the settings screen and in the menu; both show the actual state', async ({ desktop, dataDir }) => {
    const { page, app } = desktop;
    const entry = join(dataDir, '..', 'config', 'autostart', 'switchyard.desktop');
    await desktop.api('POST', '/operators', { name: 'Анна', max_load: 1 });
    await page.getByRole('link', { name: 'Настройки' }).click();
    const start = page.getByRole('switch', { name: 'Запуск вместе с системой' });
    await expect(start).not.toBeChecked();
    await start.press('Space');
    await expect(start).toBeChecked();
    expect(readFileSync(entry, 'utf8')).toMatch(new RegExp(`^Exec=.*--data-dir ${dataDir} --hidden$`, 'm'));
    await expect.poll(() => isChecked(desktop, 'start-at-login')).toBe(true);
    await desktop.picture('settings');

    await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('start-at-login')?.click());
    await expect(start).not.toBeChecked();
    expect(existsSync(entry)).toBe(false);
  });
});

test('what closing the window does is chosen on the settings screen and in the menu; both show the actual state', async ({ desktop }) => {
  const { page, app } = desktop;
  await desktop.api('POST', '/operators', { name: 'Анна', max_load: 1 });
  await page.getByRole('link', { name: 'Настройки' }).click();
  const choices = page.getByRole('radiogroup', { name: 'При закрытии окна' });
  await expect(choices.getByRole('radio', { name: 'Спросить' })).toBeChecked();
  expect(await isChecked(desktop, 'on-close-ask')).toBe(true);
  await choices.getByText('Остаться в трее').click();
  await expect.poll(() => isChecked(desktop, 'on-close-stay')).toBe(true);
  await desktop.closeWindow();
  await expect.poll(() => desktop.isVisible()).toBe(false);

  await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('on-close-stop')?.click());
  await expect(choices.getByRole('radio', { name: 'Прекратить приём' })).toBeChecked();
  const ended = desktop.ended();
  await desktop.closeWindow();
  expect(await ended).toBe(0);
});
