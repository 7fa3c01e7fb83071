/** People of a desk: how they are invited, sign in, are named, and what their role hides. */
import type { Browser, Page } from '@playwright/test';
import { fill } from '../harness/changes.ts';
import { type Desk, expect, openConsole, test } from '../harness/desk.ts';
import { seriousFindings } from '../harness/findings.ts';

const PASSWORD = 'верный конь батарея скрепка';
const people = (page: Page) => page.getByTestId('people');
const go = (page: Page, hash: string) =>
  page.evaluate((to) => {
    location.hash = to;
  }, hash);

/** A page of another browser. */
async function elsewhere(browser: Browser, locale: string): Promise<Page> {
  const context = await browser.newContext({ locale, reducedMotion: 'reduce' });
  return context.newPage();
}

/** A person with a password, whose console is open in another browser. */
async function signedIn(desk: Desk, page: Page, name: string, role = 'supervisor'): Promise<void> {
  const { invite_url } = await desk.host.api<{ invite_url: string }>('POST', '/people', { name, role });
  await page.goto(invite_url);
  await page.getByLabel('Пароль', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Сохранить и открыть пульт' }).click();
  await expect(page.getByTestId('pulse')).toBeVisible();
}

test('a colleague is invited in four clicks, chooses a password, and is named by what they change', async ({ desk, page, browser }) => {
  await desk.operator('Вера', 3);
  await openConsole(page, desk);
  await page.getByRole('link', { name: 'Настройки' }).click();
  await people(page).getByRole('textbox', { name: 'Имя человека' }).click();
  await page.keyboard.type('Анна Петрова');
  await people(page).getByRole('button', { name: 'Пригласить' }).click();
  const link = (await page.getByTestId('invitation').textContent()) ?? '';
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await people(page).getByRole('button', { name: 'Скопировать приглашение' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
  await expect(people(page)).toContainText('приглашение действует до');

  const annas = await elsewhere(browser, 'ru-RU');
  await annas.goto(link);
  await expect(annas.getByRole('heading', { level: 1 })).toHaveText('Здравствуйте, Анна Петрова');
  await annas.getByLabel('Пароль', { exact: true }).fill('коротко');
  await expect(annas.getByRole('button', { name: 'Сохранить и открыть пульт' })).toBeDisabled();
  await annas.reload();
  await annas.getByLabel('Пароль', { exact: true }).fill(PASSWORD);
  await annas.keyboard.press('Enter');
  await expect(annas.getByTestId('pulse')).toBeVisible();
  expect(annas.url(), 'the invitation is not left in the address').toBe(`${desk.host.ready.apiUrl}/console/`);

  await go(annas, '#/live');
  await annas.getByRole('switch', { name: 'На линии: Вера' }).press('Space');
  await go(page, '#/audit');
  await expect(page.getByRole('row').filter({ hasText: 'Вера' }).first()).toContainText('Анна Петрова');
  await go(page, '#/settings');
  await expect(people(page)).toContainText('пароль выбран · открыт 1 пульт');
  await expect(page.getByTestId('sessions')).toContainText('Анна Петрова · Chrome');
  await annas.goto(link);
  await expect(annas.getByRole('heading')).toHaveText('Это приглашение уже использовано, заменено или устарело');
});

test('a person signs out, is told when the password is wrong, and signs in again', async ({ desk, browser }) => {
  const page = await elsewhere(browser, 'ru-RU');
  await signedIn(desk, page, 'Анна');
  await go(page, '#/settings');
  await page.getByTestId('sessions').getByRole('button', { name: 'Выйти в этом браузере' }).click();
  await page
    .getByTestId('sessions')
    .getByRole('button', { name: /Выйти в этом браузере/ })
    .click();
  await expect(page.getByTestId('closed')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Вход в Switchyard');
  await page.getByLabel('Имя').fill('анна');
  await page.getByLabel('Пароль', { exact: true }).fill('не тот пароль');
  await page.getByRole('button', { name: 'Войти' }).click();
  await expect(page.getByRole('alert')).toHaveText('Имя и пароль не подходят друг к другу. Проверьте оба, и раскладку клавиатуры.');
  const submit = async () => {
    const answered = page.waitForResponse(/\/sessions$/);
    await page.getByRole('button', { name: 'Войти' }).click();
    return (await answered).status();
  };
  await expect.poll(submit, 'each failure makes the next attempt wait longer, so that even a slow machine comes too early').toBe(429);
  await expect(page.getByRole('alert')).toContainText('Слишком много неверных паролей. Попробуйте снова через');
  await page.getByLabel('Пароль', { exact: true }).fill(PASSWORD);
  await expect.poll(submit).toBe(201);
  await expect(page.getByTestId('pulse')).toBeVisible();
});

test('what a supervisor may not do is not shown, and the console changes with the role', async ({ desk, page, browser }) => {
  const vk = await desk.source('VK', { [(await desk.operator('Вера')).id]: 1 });
  const { lead_id } = await desk.contact(vk, 'x1', 'Олег');
  const annas = await elsewhere(browser, 'ru-RU');
  await signedIn(desk, annas, 'Анна');
  const hidden: [string, () => ReturnType<Page['locator']>][] = [
    [`#/leads?lead=${lead_id}`, () => annas.getByRole('button', { name: 'Стереть данные…' })],
    ['#/settings', () => people(annas)],
    ['#/settings', () => annas.getByRole('textbox', { name: 'Порт HTTP' })],
    ['#/settings', () => annas.getByRole('button', { name: 'Новая ссылка', exact: true })],
    ['#/backups', () => annas.getByTestId('second-folder').getByRole('textbox')],
  ];
  const shown = [
    [`#/leads?lead=${lead_id}`, annas.getByRole('button', { name: 'Сохранить все данные (JSON)' })],
    ['#/settings', annas.getByTestId('sessions')],
    ['#/backups', annas.getByRole('button', { name: 'Сделать копию сейчас' })],
  ] as const;
  for (const [hash, locator] of shown) {
    await go(annas, hash);
    await expect(locator).toBeVisible();
    for (const [at, what] of hidden) if (at === hash) await expect(what(), `${String(what)} on ${hash}`).toBeHidden();
  }
  await openConsole(page, desk);
  await go(page, '#/settings');
  await people(page).getByRole('combobox', { name: 'Роль: Анна' }).click();
  await page.getByRole('option', { name: 'Администратор' }).click();
  for (const [hash, what] of hidden) {
    await go(annas, hash);
    await expect(what()).toBeVisible();
  }
});

test('who is removed is out at once', async ({ desk, page, browser }) => {
  const annas = await elsewhere(browser, 'ru-RU');
  await signedIn(desk, annas, 'Анна');
  await openConsole(page, desk);
  await go(page, '#/settings');
  await people(page).getByRole('button', { name: 'Удалить: Анна' }).click();
  await people(page)
    .getByRole('button', { name: /Удалить: Анна/ })
    .click();
  await expect(annas.getByTestId('closed')).toBeVisible();
  await annas.reload();
  await expect(annas.getByTestId('closed')).toBeVisible();
  await expect(people(page)).toContainText('Пока никого');
});

/** The calls by which a viewer looks and exports, as the WebSocket carries them. */
const LOOKS = new Set(['exportReport', 'exportContacts', 'printReport', 'cancelExport', 'endSession']);

/** Commands that a page sends, by name. */
function commandsOf(page: Page): string[] {
  const sent: string[] = [];
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      const text = payload.toString();
      if (!/^[[{]/.test(text)) return; // a ping
      const messages = [JSON.parse(text)].flat() as { method?: string; params?: { path?: string } }[]; // of tRPC, or the proof of the session
      for (const { method, params } of messages) if (method === 'mutation') sent.push(params?.path ?? '');
    }),
  );
  return sent;
}

/** Presses everything that can be pressed on the present screen, each thing once, also in what opens by that. */
async function pressEverything(page: Page): Promise<number> {
  const done = new Set<string>();
  for (;;) {
    const next = await page.evaluate(
      (known) => {
        const within = [...document.querySelectorAll('[role="dialog"], [role="menu"], main')].filter((one) => one.checkVisibility());
        const parts = [...within.filter((one) => one.tagName !== 'MAIN'), ...within.filter((one) => one.tagName === 'MAIN')];
        for (const part of parts) {
          const things = part.querySelectorAll<HTMLElement>('button, [role="switch"], [role="menuitem"], input[type="checkbox"], input[type="radio"], summary');
          for (const thing of things) {
            const name = `${location.hash.split('?')[0]} ${thing.tagName} ${thing.ariaLabel ?? thing.textContent ?? ''} ${thing.getAttribute('data-testid') ?? ''}`;
            if (known.includes(name) || !thing.checkVisibility() || thing.matches(':disabled')) continue;
            thing.click();
            return name;
          }
        }
        return null;
      },
      [...done],
    );
    if (next === null) return done.size;
    done.add(next);
  }
}

test('a viewer is shown nothing that changes anything: whatever is pressed, the console only asks for what it may see', async ({ desk, browser }) => {
  await fill(desk);
  const viewers = await elsewhere(browser, 'ru-RU');
  const sent = commandsOf(viewers);
  await signedIn(desk, viewers, 'Павел', 'viewer');
  const screens = [
    'live',
    'contacts',
    'contacts?contact=1',
    'contacts?contact=4',
    'leads',
    'leads?lead=1',
    'weights',
    'operators',
    'sources',
    'reports',
    'refused',
    'audit',
    'backups',
  ];
  let pressed = 0;
  for (const screen of screens) {
    await go(viewers, `#/${screen}`);
    await expect(viewers.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(viewers.locator('main [aria-busy="true"]')).toHaveCount(0);
    pressed += await pressEverything(viewers);
    await viewers.keyboard.press('Escape');
  }
  expect(pressed, 'there was something to press').toBeGreaterThan(40);
  expect(sent.filter((name) => !LOOKS.has(name))).toEqual([]);
});

test('without what hides it, the same presses would have changed the desk', async ({ desk, browser }) => {
  await fill(desk);
  const viewers = await elsewhere(browser, 'ru-RU');
  const sent = commandsOf(viewers);
  await signedIn(desk, viewers, 'Павел', 'viewer');
  await viewers.evaluate(() => delete document.documentElement.dataset.role);
  await go(viewers, '#/live');
  await expect(viewers.getByRole('main').getByRole('switch').first()).toBeVisible();
  await pressEverything(viewers);
  await expect.poll(() => sent.filter((name) => !LOOKS.has(name))).not.toEqual([]);
  await expect(viewers.getByText('Ваша роль этого не позволяет. Её может изменить администратор.').first()).toBeVisible();
});

for (const language of ['ru', 'en'] as const)
  test.describe(language, () => {
    test.use({ language });

    test('signing in, an invitation and the list of people are readable and operable in both themes', async ({ desk, page, browser, locale }) => {
      const { invite_url } = await desk.host.api<{ invite_url: string }>('POST', '/people', { name: 'Анна', role: 'supervisor' });
      const annas = await elsewhere(browser, locale ?? 'ru-RU');
      await annas.goto(invite_url);
      await openConsole(page, desk);
      await go(page, '#/settings');
      await people(page).getByRole('textbox').fill('Борис');
      await people(page).getByRole('button').last().click();
      await expect(page.getByTestId('invitation')).toBeVisible();
      const check = async (on: Page, name: string) => {
        for (const colorScheme of ['light', 'dark'] as const) {
          await on.emulateMedia({ colorScheme });
          await on.getByTestId('people').or(on.locator('main')).first().scrollIntoViewIfNeeded();
          if (!process.env.CI) await on.screenshot({ path: `screenshots/${language}-${colorScheme}-${name}.png`, animations: 'disabled' });
          expect(await seriousFindings(on), `${name}, ${colorScheme}`).toEqual([]);
        }
      };
      await check(annas, 'invited');
      await check(page, 'people');
      await annas.getByRole('textbox').last().fill(PASSWORD);
      await annas.keyboard.press('Enter');
      await expect(annas.getByTestId('pulse')).toBeVisible();
      await annas.evaluate(() => localStorage.clear());
      await annas.reload();
      await expect(annas.getByTestId('closed')).toBeVisible();
      await check(annas, 'sign-in');
    });
  });
