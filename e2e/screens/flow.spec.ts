/** What sources get, and that one which has gone silent is seen on every screen. */
import type { Page } from '@playwright/test';
import { expect, openConsole, test } from '../harness/desk.ts';
import { seriousFindings } from '../harness/findings.ts';

const go = (page: Page, hash: string) =>
  page.evaluate((to) => {
    location.hash = to;
  }, hash);

/** Makes the host say that these sources are silent, as it does after weeks of contacts: `console/flow.test.ts` has those. */
async function silence(page: Page, ids: readonly number[]): Promise<void> {
  await page.routeWebSocket(/\/console\/ws$/, (socket) => {
    const host = socket.connectToServer();
    host.onMessage((message) => {
      const text = message.toString();
      const changed = ids.reduce((all, id) => all.replace(new RegExp(`("source_id":${id},"last_at":[^}]*?"is_silent":)false`), '$1true'), text);
      socket.send(changed);
    });
  });
}

test('each source shows its last hour, its latest contact, the day and what waits', async ({ desk, console: page }) => {
  const anna = await desk.operator('Анна', 1);
  const vk = await desk.source('VK', { [anna.id]: 1 });
  await desk.source('Авито', { [anna.id]: 1 });
  for (const id of ['a', 'b', 'c']) await desk.contact(vk, id);
  await page.reload();
  await go(page, '#/sources');
  const flow = page.getByTestId(`flow-${vk.id}`);
  await expect(flow.getByRole('img', { name: 'За последний час 3 обращения' })).toBeVisible();
  await expect(flow).toContainText(/последнее .* назад.*сегодня 3.*ждут 2/);
  await expect(page.getByText('обращений ещё не было')).toHaveCount(1);
  await flow.getByRole('link', { name: 'сегодня 3' }).click();
  await expect(page.getByTestId('contact-row-3')).toBeVisible();
  await go(page, '#/sources');
  await flow.getByRole('link', { name: 'ждут 2' }).click();
  await expect(page.getByTestId('contact-row-3')).toBeVisible();
  await expect(page.getByTestId('contact-row-1')).toBeHidden();
});

test('a silent source is red in the pulse of every screen, in place of refused contacts, and leads to its row', async ({ desk, page }) => {
  const anna = await desk.operator('Анна', 9);
  const vk = await desk.source('VK', { [anna.id]: 1 });
  const avito = await desk.source('Авито', { [anna.id]: 1 });
  const site = await desk.source('Сайт');
  await desk.contact(vk, 'a');
  await desk.contact(avito, 'b');
  await desk.contact(site, 'refused').catch(() => undefined);
  await silence(page, [avito.id]);
  await openConsole(page, desk);
  const figure = page.getByTestId('pulse-silent');
  await expect(figure).toHaveAttribute('data-tone', 'bad');
  await expect(figure).toContainText(/^1сбой.*Авито.*молчит/);
  await expect(page.getByTestId('pulse-refused')).toBeHidden();
  await figure.click();
  await expect(page.getByTestId(`flow-${avito.id}`)).toContainText(/молчит .*: обычно в это время обращения есть/);
  await expect(page.getByTestId(`flow-${vk.id}`)).toContainText('последнее');
  await page.getByRole('button', { name: 'В архив: Авито' }).click();
  await page.getByRole('button', { name: /В архив: Авито/ }).click();
  await expect(figure).toBeHidden();
  await expect(page.getByTestId('pulse-refused')).toBeVisible();
});

for (const language of ['ru', 'en'] as const)
  test.describe(language, () => {
    test.use({ language });

    test('thirty sources, two of them silent, are readable in both themes', async ({ desk, page }) => {
      const anna = await desk.operator('Анна', 100);
      const names = ['Авито', 'WhatsApp', 'Telegram', 'Instagram', 'Сайт', 'VK'];
      for (let nth = 1; nth <= 30; nth++) {
        const source = await desk.source(`${names[nth % 6]} ${nth}`, { [anna.id]: 1 });
        for (let contact = 0; contact < nth % 4; contact++) await desk.contact(source, `x${nth}-${contact}`);
      }
      await silence(page, [5, 9]);
      await page.setViewportSize({ width: 1366, height: 768 });
      await openConsole(page, desk);
      await go(page, '#/sources');
      await expect(page.getByTestId('flow-5')).toContainText(language === 'ru' ? 'молчит' : 'silent');
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        if (!process.env.CI) await page.screenshot({ path: `screenshots/${language}-${colorScheme}-sources-silent.png`, animations: 'disabled' });
        expect(await seriousFindings(page), colorScheme).toEqual([]);
      }
    });
  });
