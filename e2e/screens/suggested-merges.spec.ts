/** At a desk that asks before merging: leads of different sources that seem to be the same person, and the decisions about them. */
import type { Contact } from '#shared/contract/entities.ts';
import { type Desk, expect, openConsole, test } from '../harness/desk.ts';

/** The site has Anna as two leads, by phone and by e-mail; a bot submits both under its own id. */
async function twoOfEach(desk: Desk): Promise<void> {
  const anna = await desk.operator('Анна', 100);
  const site = await desk.source('Сайт', { [anna.id]: 1 });
  const bot = await desk.source('Telegram', { [anna.id]: 1 });
  const submit = (body: object) => desk.host.api<Contact>('POST', '/contacts', body);
  await submit({ source_id: site.id, phone: '+79001112233', name: 'Анна К.' });
  await submit({ source_id: site.id, email: 'anna@example.com', name: 'А. Каренина' });
  await submit({ source_id: bot.id, external_id: 'tg-77', name: 'annak' });
  await submit({ source_id: bot.id, external_id: 'tg-77', phone: '+79001112233' });
  await submit({ source_id: bot.id, external_id: 'tg-77', email: 'anna@example.com' });
}

test('are suggested live, merged and separated again, dismissed and suggested once more', async ({ desk, console }) => {
  await console.getByRole('link', { name: 'Настройки' }).click();
  await console.getByRole('radiogroup', { name: 'Лиды разных источников' }).getByText('сначала спросить').click();
  await expect(console.getByRole('radio', { name: 'сначала спросить' })).toBeChecked();
  await console.getByRole('link', { name: 'Лиды' }).click();
  await expect(console.getByTestId('suggested-merges')).toBeHidden();

  await twoOfEach(desk);
  const panel = console.getByTestId('suggested-merges');
  await expect(panel.getByRole('listitem')).toHaveCount(2);
  await expect(panel).toContainText('+7 900 111-22-33');
  await expect(console.getByRole('link', { name: 'Лиды' })).toContainText('2');

  const first = panel.getByTestId('suggested-1');
  await first.getByRole('button', { name: /^Влить лид/ }).click();
  await expect(first).toBeHidden();
  await console.getByRole('status').filter({ hasText: 'теперь часть' }).getByRole('button', { name: 'Вернуть' }).click();
  await expect(first).toBeVisible();

  const second = panel.getByTestId('suggested-2');
  await second.getByRole('button', { name: /разные люди/ }).click();
  await second.getByRole('button', { name: /разные люди/ }).click();
  await expect(second).toBeHidden();
  await console.getByRole('status').filter({ hasText: 'остаются порознь' }).getByRole('button', { name: 'Вернуть' }).click();
  await expect(second).toBeVisible();
  await second.getByRole('button', { name: /разные люди/ }).click();
  await second.getByRole('button', { name: /разные люди/ }).click();
  await expect(second).toBeHidden();

  await first.getByRole('button', { name: /^Лид 1/ }).click();
  const card = console.getByTestId('lead-card');
  await expect(card.getByTestId('suggested-of-lead')).toContainText('Telegram');
  await card.getByRole('button', { name: /^Влить лид/ }).click();
  await expect(card.getByTestId('suggested-of-lead')).toBeHidden();
  await expect(panel).toBeHidden();

  await console.keyboard.press('Escape');
  await console.getByRole('link', { name: 'Журнал' }).click();
  const said = console.getByRole('row').filter({ hasText: 'разные люди' });
  await expect(said).toHaveCount(2);
  await expect(console.getByRole('row').filter({ hasText: 'снова предложены как один человек' })).toBeVisible();
  await said
    .first()
    .getByRole('button', { name: /^Вернуть/ })
    .click();
  await expect(console.getByRole('link', { name: 'Лиды' })).toContainText('1');
});

for (const language of ['ru', 'en'] as const)
  for (const colorScheme of ['light', 'dark'] as const)
    test.describe(`${language}, ${colorScheme}`, () => {
      test.use({ language, colorScheme });
      test('their screenshots', async ({ desk, page }, info) => {
        test.skip(Boolean(process.env.CI), 'pictures are for looking at');
        await openConsole(page, desk);
        const go = (name: string) => page.getByRole('navigation').getByRole('link', { name }).click();
        await go(language === 'ru' ? 'Настройки' : 'Settings');
        const ask = page.getByText(language === 'ru' ? 'сначала спросить' : 'ask first');
        await ask.click();
        await expect(page.getByRole('radio', { name: language === 'ru' ? 'сначала спросить' : 'ask first' })).toBeChecked();
        await page.screenshot({ path: info.config.rootDir.replace(/e2e$/, `screenshots/${language}-${colorScheme}-settings-merges.png`) });
        await twoOfEach(desk);
        await go(language === 'ru' ? 'Лиды' : 'Leads');
        await expect(page.getByTestId('suggested-merges').getByRole('listitem')).toHaveCount(2);
        await expect(page.getByTestId('lead-row-1')).toBeVisible();
        await page.screenshot({ path: info.config.rootDir.replace(/e2e$/, `screenshots/${language}-${colorScheme}-suggested.png`) });
        await page.getByTestId('suggested-1').getByRole('button').first().click();
        await expect(page.getByTestId('suggested-of-lead')).toBeVisible();
        await page.screenshot({ path: info.config.rootDir.replace(/e2e$/, `screenshots/${language}-${colorScheme}-suggested-card.png`) });
      });
    });
