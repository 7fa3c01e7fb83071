/** Closing the window: asks once, remembers the answer, and never delays a deliberate exit. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MessageBoxOptions } from 'electron';
import type { Operator, Source } from '#shared/contract/entities.ts';
import { call } from '#shells/testing/host-process.ts';
import { Desktop, expect, root, test } from './desktop.ts';

type Asked = Pick<MessageBoxOptions, 'message' | 'detail' | 'buttons' | 'defaultId' | 'cancelId'>;

/** Answers the question with the button of this name from now on, and records what is asked. Null: lets the real dialog open. */
const answer = ({ app }: Desktop, button: string | null): Promise<void> =>
  app.evaluate(({ dialog }, wanted) => {
    const asked: Asked[] = [];
    Object.assign(globalThis, { asked });
    const real = dialog.showMessageBox.bind(dialog);
    dialog.showMessageBox = async (...given: unknown[]) => {
      const options = given.at(-1) as MessageBoxOptions;
      const { message, detail, buttons = [], defaultId, cancelId } = options;
      asked.push({ message, detail, buttons, defaultId, cancelId } as Asked);
      if (wanted === null) return (real as (...them: unknown[]) => ReturnType<typeof dialog.showMessageBox>)(...given);
      return { response: buttons.indexOf(wanted), checkboxChecked: false };
    };
  }, button);
const asked = ({ app }: Desktop): Promise<Asked[]> => app.evaluate(() => Reflect.get(globalThis, 'asked') as Asked[]);

/** Takes a picture of the whole display, with the dialogs of the system. */
async function pictureOfDisplay({ app }: Desktop, name: string): Promise<void> {
  const png = await app.evaluate(async ({ desktopCapturer }) => {
    const [screen] = await desktopCapturer.getSources({ types: ['screen'], thumbnailSize: { width: 1440, height: 900 } });
    return screen?.thumbnail.toPNG().toString('base64') ?? '';
  });
  mkdirSync(join(root, 'screenshots'), { recursive: true });
  writeFileSync(join(root, 'screenshots', `desktop-${name}.png`), Buffer.from(png, 'base64'));
}

/** Six sources, of which two were called; one contact is assigned and two wait. */
async function calledDesk(desktop: Desktop): Promise<void> {
  const anna = await desktop.api<Operator>('POST', '/operators', { name: 'Анна', max_load: 1 });
  const [telegram, vk] = [
    await desktop.api<Source & { api_key: string }>('POST', '/sources', { name: 'Telegram' }),
    await desktop.api<Source>('POST', '/sources', { name: 'VK' }),
  ];
  await desktop.api('POST', '/sources', { name: 'Сайт' });
  for (const { id } of [telegram, vk]) await desktop.api('PUT', `/operators/${anna.id}/competences/${id}`, { weight: 1 });
  for (const external_id of ['a', 'b']) await call(desktop.apiUrl, telegram.api_key, 'POST', '/contacts', { external_id });
  await desktop.api('POST', '/contacts', { source_id: vk.id, external_id: 'c' });
}

const preferences = (dataDir: string): unknown => JSON.parse(readFileSync(join(dataDir, 'window', 'preferences.json'), 'utf8'));
const health = async ({ apiUrl }: Desktop): Promise<number> => (await fetch(`${apiUrl}/health`)).status;

test('the first close asks, with the number of waiting contacts and the sources that called in the last hour; an answer is remembered, a cancelled question is not', async ({
  desktop,
  dataDir,
}) => {
  await calledDesk(desktop);
  await answer(desktop, 'Отмена');
  await desktop.closeWindow();
  await expect.poll(() => asked(desktop)).toHaveLength(1);
  const [question] = await asked(desktop);
  expect(question).toMatchObject({
    message: 'Принимать обращения, пока окно закрыто?',
    buttons: ['Остаться в трее', 'Прекратить приём', 'Отмена'],
    defaultId: 0,
    cancelId: 2,
  });
  expect(question?.detail).toContain('Обращений в очереди: 2. За последний час обращались: Telegram, VK.');
  expect(question?.detail).toContain('боты не смогут передать обращения до следующего запуска');
  expect(await desktop.isVisible()).toBe(true);

  await answer(desktop, 'Остаться в трее');
  await desktop.closeWindow();
  await expect.poll(() => desktop.isVisible()).toBe(false);
  expect(await asked(desktop), 'it asks again').toHaveLength(1);
  expect(await health(desktop)).toBe(200);
  expect(preferences(dataDir)).toMatchObject({ on_close: 'stay' });

  await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.show());
  await desktop.closeWindow();
  await expect.poll(() => desktop.isVisible()).toBe(false);
  expect(await asked(desktop), 'it does not ask any more').toHaveLength(1);
});

test('choosing to stop ends the app; the next start reports when intake was closed until that is acknowledged, and the next close does not ask', async ({
  desktop,
  dataDir,
}) => {
  await calledDesk(desktop);
  await expect(desktop.page.getByTestId('status-line')).toContainText('Соединение есть');
  await answer(desktop, 'Прекратить приём');
  const ended = desktop.ended();
  await desktop.closeWindow();
  expect(await ended).toBe(0);
  expect(preferences(dataDir)).toMatchObject({ on_close: 'stop' });

  const again = await Desktop.start(dataDir);
  const line = again.page.getByTestId('status-line');
  await expect(line).toContainText(
    /^С \d\d:\d\d:\d\d до \d\d:\d\d:\d\d обращения не принимались: Switchyard был закрыт\. Боты, которые умеют повторять, пришлют их снова\./,
  );
  await again.picture('closed-ru');
  await line.getByRole('button', { name: 'Понятно' }).click();
  await expect(line).toContainText('Соединение есть');
  await again.page.reload();
  await expect(line).toContainText('Соединение есть');
  await answer(again, 'Отмена');
  const endedAgain = again.ended();
  await again.closeWindow();
  expect(await endedAgain).toBe(0);

  const english = await Desktop.start(dataDir, { language: 'en' });
  await expect(english.page.getByTestId('status-line')).toContainText(
    /^No contacts could be accepted from \d\d:\d\d:\d\d to \d\d:\d\d:\d\d: Switchyard was closed\./,
  );
  await english.picture('closed-en');
  await english.app.close();
});

for (const [way, end] of [
  [
    'Quit in the menu',
    ({ app }: Desktop) =>
      app.evaluate(({ Menu }) =>
        Menu.getApplicationMenu()
          ?.items[0]?.submenu?.items.find(({ role }) => role === 'quit')
          ?.click(),
      ),
  ],
  ['SIGTERM', async ({ pid }: Desktop) => void process.kill(pid, 'SIGTERM')],
  ['SIGHUP', async ({ pid }: Desktop) => void process.kill(pid, 'SIGHUP')],
  ['a shutdown of the system', ({ app }: Desktop) => app.evaluate(({ powerMonitor }) => void powerMonitor.emit('shutdown'))],
  ['the end of the session', ({ app }: Desktop) => app.evaluate(({ BrowserWindow }) => void BrowserWindow.getAllWindows()[0]?.emit('session-end'))],
] as const)
  test(`${way} never asks and ends the app, also while the question is open`, async ({ desktop, dataDir }) => {
    await answer(desktop, 'Отмена');
    const ended = desktop.ended();
    await end(desktop);
    expect(await ended).toBe(0);
    const again = await Desktop.start(dataDir);
    await answer(again, null);
    await again.closeWindow();
    await expect.poll(() => asked(again)).toHaveLength(1);
    const endedAgain = again.ended();
    await end(again);
    expect(await endedAgain).toBe(0);
    expect(() => preferences(dataDir), 'nothing was chosen').toThrow('ENOENT');
  });

for (const language of ['ru', 'en'] as const)
  test.describe(`in ${language}`, () => {
    test.use({ launch: { language } });

    test('the question is a system dialog over the window', async ({ desktop }) => {
      await calledDesk(desktop);
      await answer(desktop, null);
      await desktop.closeWindow();
      await expect.poll(() => asked(desktop)).toHaveLength(1);
      await desktop.closeWindow();
      await pictureOfDisplay(desktop, `close-${language}`);
      expect(await asked(desktop), 'one question at a time').toHaveLength(1);
      expect(await desktop.isVisible()).toBe(true);
    });
  });
