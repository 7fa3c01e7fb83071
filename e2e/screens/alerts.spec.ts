/** Figures past their thresholds, as a reader hears and sees them: sounds and notifications of the page are recorded and carried out. */
import type { BrowserContext, Page } from '@playwright/test';
import { type Desk, expect, openConsole, openTab, showsFigure, test } from '../harness/desk.ts';

interface Told {
  /** of each note, Hz */
  readonly notes: number[];
  readonly notifications: { readonly title: string; readonly body: string }[];
}

/** Calls the real function as well. */
const writeDown = (page: Page) =>
  page.addInitScript(() => {
    const told: Told = { notes: [], notifications: [] };
    Object.assign(window, { told });
    const { start } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function (when) {
      told.notes.push(Math.round(this.frequency.value));
      start.call(this, when);
    };
    window.Notification = new Proxy(Notification, {
      construct: (target, args: [string, NotificationOptions]) => {
        told.notifications.push({ title: args[0], body: args[1].body ?? '' });
        const shown = Reflect.construct(target, args) as Notification;
        Object.assign(window, { press: () => shown.onclick?.call(shown, new Event('click')) });
        return shown;
      },
    });
  });
/** Not by `grantPermissions`: a Chromium without windows has no notifications to permit. */
const allow = (context: BrowserContext) => context.addInitScript(() => Object.defineProperty(Notification, 'permission', { get: () => 'granted' }));
const told = (page: Page): Promise<Told> => page.evaluate(() => Reflect.get(window, 'told') as Told);
const notifications = async (page: Page) => (await told(page)).notifications.map(({ title, body }) => `${title}: ${body}`);

const LOOK = [659, 880];
const HAND = [523, 392, 523, 392];
/** Two notifications are ten seconds apart. */
const SOON = { timeout: 30_000 };

/** Anna with one slot, and a source of hers; thresholds at who waits and who is on line alone. */
async function scene(desk: Desk, page: Page) {
  const anna = await desk.operator('Анна', 1);
  const boris = await desk.operator('Борис', 1);
  const source = await desk.source('VK', { [anna.id]: 1 });
  await writeDown(page);
  await openConsole(page, desk);
  await page.getByRole('link', { name: 'Настройки' }).click();
  const field = (figure: string, end: string) => page.getByRole('textbox', { name: `${figure}: ${end}` });
  const limit = async (figure: string, warning: string, critical: string) => {
    for (const [end, value] of [
      ['Внимание', warning],
      ['Тревога', critical],
    ] as const) {
      await field(figure, end).fill(value);
      await field(figure, end).press('Enter');
      await expect(field(figure, end)).toHaveValue(value);
    }
  };
  for (const figure of ['Дольше всех ждут, секунд', 'Загрузка, %', 'Вовремя, %']) await limit(figure, '', '');
  await limit('Ждут', '2', '4');
  await limit('Операторов на линии', '1', '0');
  const quiet = page.getByRole('switch', { name: 'Тихие часы' });
  if (await quiet.isChecked()) await quiet.press('Space');
  await expect(quiet).not.toBeChecked();
  const sounds = page.getByRole('switch', { name: 'Звуки' });
  await sounds.press('Space');
  await expect(sounds).toBeChecked();
  let nth = 0;
  const wait = async (count: number) => {
    for (let more = 0; more < count; more++) await desk.contact(source, `a${nth++}`);
  };
  await wait(1); // contacts that arrive now wait
  return { anna, boris, source, wait, limit };
}

test.describe('in a browser with permission to notify', () => {
  test.beforeEach(({ context }) => allow(context));

  test('a figure causes a sound and a notice at its first threshold, again at its second, and not at each fluctuation around them', async ({ desk, page }) => {
    const { boris, anna, wait } = await scene(desk, page);
    await wait(2);
    await expect.poll(() => notifications(page), SOON).toEqual(['Пора посмотреть: Ждут 2 обращения']);
    await expect.poll(async () => (await told(page)).notes).toEqual(LOOK);

    await wait(2);
    await expect.poll(() => notifications(page), SOON).toEqual(['Пора посмотреть: Ждут 2 обращения', 'Нужен человек: Ждут 4 обращения']);
    await expect.poll(async () => (await told(page)).notes).toEqual([...LOOK, ...HAND]);

    // it falls below both thresholds and passes them again; the next notification is about another figure, at its own first threshold
    for (const id of [3, 4, 5]) await desk.host.api('POST', `/contacts/${id}/close`, {});
    await showsFigure(page, 'waiting', 1);
    await wait(3);
    await showsFigure(page, 'waiting', 4);
    await desk.host.api('PATCH', `/operators/${boris.id}`, { is_active: false });
    await expect.poll(async () => (await notifications(page)).slice(2), SOON).toEqual(['Пора посмотреть: На линии 1 оператор']);
    await desk.host.api('PATCH', `/operators/${anna.id}`, { is_active: false });
    await expect.poll(async () => (await notifications(page)).slice(3), SOON).toEqual(['Нужен человек: На линии 0 операторов']);
    await expect.poll(async () => (await told(page)).notes).toEqual([...LOOK, ...HAND, ...LOOK, ...HAND]);
  });

  test('a click on a notification leads to the cause', async ({ desk, page }) => {
    const { wait } = await scene(desk, page);
    await wait(2);
    await expect.poll(() => notifications(page), SOON).toEqual(['Пора посмотреть: Ждут 2 обращения']);
    await expect(page).toHaveURL(/#\/settings/);
    await page.evaluate(() => (Reflect.get(window, 'press') as () => void)());
    await expect(page).toHaveURL(/#\/live/);
  });

  test('in quiet hours there are no sounds and notices; what still holds at their end is notified then; with sounds off there is none', async ({
    desk,
    page,
  }) => {
    const { wait } = await scene(desk, page);
    const quiet = page.getByRole('switch', { name: 'Тихие часы' });
    await quiet.press('Space');
    for (const end of ['начало', 'конец']) {
      const hours = page.getByRole('spinbutton', { name: `Тихие часы, ${end}: часы` });
      await expect(async () => {
        await hours.focus();
        await page.keyboard.type('0300'); // from three to three: the whole day
        await page.keyboard.press('Enter');
        await page.reload();
        await expect(hours, 'the host has it: the other end is saved together with it').toHaveValue('03', { timeout: 5_000 }); // else the page was left before it was saved
      }).toPass();
    }
    await page.getByRole('switch', { name: 'Звуки' }).press('Space');
    await expect(page.getByRole('switch', { name: 'Звуки' })).not.toBeChecked();
    await wait(2);
    await page.getByRole('link', { name: 'Смена' }).click();
    await expect(page.getByTestId('queue-row-3'), 'the host, which looks once a second, has seen it').toContainText(/[3-9] с/);
    await wait(1);
    expect(await told(page)).toEqual({ notes: [], notifications: [] });
    await page.getByRole('link', { name: 'Настройки' }).click();
    await quiet.press('Space');
    await expect.poll(() => notifications(page), SOON).toEqual(['Пора посмотреть: Ждут 3 обращения']);
    expect((await told(page)).notes).toEqual([]);
  });
});

test('a notice explains the threshold of a sound, and mutes only this console for an hour', async ({ context, desk, page }) => {
  await allow(context);
  const { wait } = await scene(desk, page);
  await page.getByRole('button', { name: 'Послушать' }).click();
  await expect.poll(async () => (await told(page)).notes, 'what it sounds like can be heard beforehand').toEqual(LOOK);
  await wait(2);
  await expect(page.getByText('Ждут 2 обращения · порог 2'), 'said with its sound').toBeVisible(SOON);
  expect((await told(page)).notes).toEqual([...LOOK, ...LOOK]);
  await page.getByRole('button', { name: 'Без звука на час' }).click();
  const line = page.getByTestId('status-line');
  await expect(line).toContainText(/Этот пульт без звука до \d\d:\d\d/);
  const other = await openTab(page, desk);
  await expect(other.getByTestId('status-line'), 'also after a reload').toContainText('Этот пульт без звука');
  await wait(2);
  await expect.poll(() => notifications(page), SOON).toContain('Нужен человек: Ждут 4 обращения');
  expect((await told(page)).notes).toEqual([...LOOK, ...LOOK]);
  await line.getByRole('button', { name: 'Включить' }).click();
  await expect(line).not.toContainText('без звука');
  await page.reload();
  await expect(page.getByTestId('pulse')).toBeVisible();
  await expect(line).not.toContainText('без звука');
});

test('without permission to notify the settings screen says so, and how to grant it', async ({ desk, page }) => {
  await scene(desk, page);
  const permission = await page.evaluate(() => Notification.permission);
  const way = { default: page.getByRole('button', { name: 'Разрешить в этом браузере' }), denied: page.getByText('Этот браузер их не показывает') };
  expect(permission).not.toBe('granted');
  await expect(way[permission as keyof typeof way]).toBeVisible();
});
