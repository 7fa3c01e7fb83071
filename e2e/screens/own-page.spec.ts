/** The own page of an operator, on a phone: what they hold, what they do about it, and what becomes of that on a bad line. */
import type { Browser, Page } from '@playwright/test';
import { type Desk, expect, openConsole, test } from '../harness/desk.ts';
import { seriousFindings } from '../harness/findings.ts';

const PASSWORD = 'верный конь батарея скрепка';

/** A phone, whose link to the host can be cut. */
async function phone(browser: Browser, locale: string) {
  const context = await browser.newContext({ locale, reducedMotion: 'reduce', viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  const open = new Set<() => void>();
  let isCut = false;
  await page.routeWebSocket(/\/console\/ws/, (socket) => {
    if (isCut) return void socket.close();
    const server = socket.connectToServer();
    open.add(() => {
      void socket.close();
      void server.close();
    });
  });
  const cut = (): void => {
    isCut = true;
    for (const close of open) close();
    open.clear();
  };
  const mend = (): void => {
    isCut = false;
  };
  return { page, cut, mend };
}

async function accept(page: Page, invite_url: string): Promise<void> {
  await page.goto(invite_url);
  await page.getByLabel('Пароль', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Сохранить и начать' }).click();
  await expect(page.getByText('На линии', { exact: true })).toBeVisible();
}

/** A source whose contacts must be accepted, and a key of the administrator's to look with. */
async function scene(desk: Desk) {
  const vera = await desk.operator('Вера', 3);
  const vk = await desk.source('VK', { [vera.id]: 1 });
  await desk.host.api('PATCH', `/sources/${vk.id}/rule`, { accept_seconds: 600 });
  return { vera, vk };
}

test('an operator is invited from the settings, accepts, closes with a note on a line that breaks, and takes a break', async ({ desk, page, browser }) => {
  const { vera, vk } = await scene(desk);
  await openConsole(page, desk);
  await page.getByRole('link', { name: 'Настройки' }).click();
  const people = page.getByTestId('people');
  await people.getByRole('combobox', { name: 'Роль', exact: true }).click();
  await page.getByRole('option', { name: 'Оператор: Вера' }).click();
  await expect(people.getByRole('textbox', { name: 'Имя человека' })).toHaveValue('Вера');
  await people.getByRole('button', { name: 'Пригласить' }).click();
  const link = (await page.getByTestId('invitation').textContent()) ?? '';
  const { page: veras, cut, mend } = await phone(browser, 'ru-RU');
  await accept(veras, link);
  expect(new URL(veras.url()).pathname).toBe('/console/me');

  const { id } = await desk.fromBot(vk.api_key, { external_id: 'u1', name: 'Олег' });
  const card = veras.getByTestId(`own-contact-${id}`);
  await expect(card).toContainText('Олег');
  await expect(card).toContainText('Примите за');
  await expect(veras).toHaveTitle('(1) Мои обращения · Switchyard');
  await card.getByRole('button', { name: 'Принять: Олег' }).click();
  await expect(card).not.toContainText('Примите за');
  await desk.host.api('POST', '/contacts', { source_id: vk.id, external_id: 'u2', name: 'Другая', phone: '+79001112233', message: 'Когда откроетесь?' });
  await expect(veras.getByRole('article')).toHaveCount(2);

  cut();
  await expect(veras.getByRole('status').first()).toContainText('Нет связи с');
  await card.getByRole('button', { name: 'Закрыть: Олег' }).click();
  await card.getByLabel('Чем закончилось').fill('продажа');
  await card.getByLabel('Заметка').fill('Перезвонить в мае');
  await card.getByRole('button', { name: 'Закрыть обращение' }).click();
  await expect(card).toContainText('Не отправлено: закрыть.');
  expect(await desk.host.api('GET', `/contacts/${id}`)).toMatchObject({ status: 'assigned' });
  mend();
  await expect(card).toHaveCount(0);
  expect(await desk.host.api('GET', `/contacts/${id}`)).toMatchObject({ status: 'closed', outcome: 'продажа', note: 'Перезвонить в мае' });

  await veras.getByRole('button', { name: 'Пауза' }).click();
  await veras.getByRole('button', { name: 'обед' }).click();
  await expect(veras.getByText('Не на линии')).toBeVisible();
  expect(await desk.host.api('GET', `/operators/${vera.id}`)).toMatchObject({ is_active: false, inactive_reason: 'lunch' });
  await veras.getByRole('button', { name: 'Я здесь' }).click();
  await expect(veras.getByText('На линии', { exact: true })).toBeVisible();
  await page.goto(`${desk.host.ready.apiUrl}/console/#/contacts?contact=${id}`);
  await expect(page.getByText('Перезвонить в мае')).toBeVisible();
});

test('what was done on a dead line survives a reload, and what came too late is said', async ({ desk, browser }) => {
  const { vera, vk } = await scene(desk);
  const oleg = await desk.operator('Олег', 3);
  const { invite_url } = await desk.host.api<{ invite_url: string }>('POST', '/people', { name: 'Вера', role: 'operator', operator_id: vera.id });
  const { page, cut, mend } = await phone(browser, 'ru-RU');
  await accept(page, invite_url);
  const [one, two] = [await desk.fromBot(vk.api_key, { external_id: 'a', name: 'Анна' }), await desk.fromBot(vk.api_key, { external_id: 'b', name: 'Борис' })];
  await expect(page.getByRole('article')).toHaveCount(2);
  cut();
  await page.getByRole('button', { name: 'Принять: Анна' }).click();
  await page.getByRole('button', { name: 'Принять: Борис' }).click();
  await desk.host.api('POST', `/contacts/${two.id}/reassign`, { operator_id: oleg.id });
  await page.reload();
  mend();
  await expect(page.getByRole('alert')).toContainText(`Обращение №${two.id} не принято. Оно уже у другого: Олег.`);
  await expect.poll(async () => (await desk.host.api<{ accepted_at: string | null }>('GET', `/contacts/${one.id}`)).accepted_at).not.toBeNull();
  await page.getByRole('button', { name: 'Понятно' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await page.goto(`${desk.host.ready.apiUrl}/console/`);
  await expect(page.getByRole('heading', { level: 1, name: 'Вера' }), 'the console sends an operator to their own page').toBeVisible();
  expect(new URL(page.url()).pathname).toBe('/console/me');
});

test('the page is readable and operable on a phone and on a desktop, in both languages and themes', async ({ desk, browser }) => {
  const { vera, vk } = await scene(desk);
  const { invite_url } = await desk.host.api<{ invite_url: string }>('POST', '/people', { name: 'Вера', role: 'operator', operator_id: vera.id });
  const { page } = await phone(browser, 'ru-RU');
  await accept(page, invite_url);
  const said = {
    message: 'Добрый день! Сколько стоит доставка в Екатеринбург?\nИ когда?',
    attributes: { utm_source: 'vk_ads_november_long_campaign_name', город: 'Екатеринбург' },
  };
  await desk.host.api('POST', '/contacts', {
    source_id: vk.id,
    external_id: 'a',
    name: 'Константин Константинопольский',
    phone: '+79001112233',
    email: 'k.konstantinopolsky@example.org',
    ...said,
  });
  await desk.host.api('POST', '/contacts', { source_id: vk.id, external_id: 'b' });
  await page.getByRole('button', { name: /^Закрыть: Константин/ }).click();
  await page.getByText('Ещё 2 поля').click();
  await page.getByRole('button', { name: 'Пауза' }).click();
  for (const language of ['ru', 'en']) {
    for (const [name, viewport] of [
      ['phone', { width: 390, height: 844 }],
      ['desktop', { width: 1280, height: 800 }],
    ] as const)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.setViewportSize(viewport);
        await page.emulateMedia({ colorScheme });
        await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
        if (!process.env.CI)
          await page.screenshot({ path: `screenshots/${language}-${colorScheme}-own-page-${name}.png`, animations: 'disabled', fullPage: true });
        expect(await seriousFindings(page), `${language}, ${name}, ${colorScheme}`).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 'nothing is wider than the page').toBeLessThanOrEqual(0);
      }
    if (language === 'ru') await page.getByRole('button', { name: 'English' }).click();
  }
});
