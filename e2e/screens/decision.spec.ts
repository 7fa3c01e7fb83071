/** The decision card: why a contact is where it is, in words and numbers, and its actions by keyboard. */
import type { Page } from '@playwright/test';
import { type Desk, expect, openConsole, test } from '../harness/desk.ts';

const card = (page: Page) => page.getByTestId('decision-card').getByRole('dialog');
const openCard = (page: Page, desk: Desk, id: number) => page.goto(`${desk.host.ready.apiUrl}/console/#/contacts?contact=${id}`);

/** Anna has one slot, Boris has none free, Vera is off line. */
async function fill(desk: Desk) {
  const [anna, boris, vera] = [await desk.operator('Анна Петрова', 1), await desk.operator('Борис Ким', 1), await desk.operator('Вера Ли', 5)];
  const source = await desk.source('Telegram', { [anna.id]: 300, [boris.id]: 700, [vera.id]: 400 });
  await desk.host.api('PATCH', `/operators/${vera.id}`, { is_active: false });
  return { anna, boris, source };
}

test('a contact that waited shows why, for how long, what opened a slot, and who could take it; a choice by hand is never called a draw', async ({
  desk,
  console,
}) => {
  const { anna, source } = await fill(desk);
  for (const name of ['tg-1', 'tg-2']) await desk.contact(source, name);
  const { id } = await desk.contact(source, 'tg-3', 'Ирина');
  await openCard(console, desk, id);
  await expect(card(console)).toContainText('Взять было некому: у всех, кто на линии, достигнут лимит.');
  await expect(card(console)).toContainText('К источнику подключены 3 оператора: 2 заняты, 1 не на линии.');

  await desk.host.api('PATCH', `/operators/${anna.id}`, { max_load: 3 });
  await expect(card(console)).toContainText('Жребий выпал на оператора: Анна Петрова.');
  await expect(card(console)).toContainText('Место появилось: Анна Петрова — лимит 1 → 3.');
  await expect(
    card(console)
      .getByRole('button', { name: /в очередь/ })
      .first(),
    'nothing was drawn for it when it came',
  ).toContainText('при поступлении');
  await expect(card(console)).toContainText('Взять мог только один оператор из 3');

  await console.keyboard.press('KeyR');
  await console.getByRole('combobox', { name: 'Имя оператора' }).fill('вера');
  await console.keyboard.press('Escape');
  await expect(card(console), 'Esc takes away the list, and not the card below it').toBeVisible();
  await console.keyboard.press('KeyR');
  await console.getByRole('combobox', { name: 'Имя оператора' }).fill('вера');
  await console.keyboard.press('ArrowDown'); // somebody off line is not chosen beforehand
  await console.keyboard.press('Enter');
  await expect(card(console)).toContainText('Передано вручную: Анна Петрова → Вера Ли. Жребия не было.');
  await expect(card(console)).toContainText('Жребий этого оператора выбрать не мог: не на линии.');
  const chosen = card(console).getByRole('row').filter({ hasText: 'Вера Ли' });
  await expect(chosen).toContainText('● выбор вручную');
  await expect(chosen).not.toContainText('жребий');

  await console.keyboard.press('KeyU');
  await expect(card(console)).toContainText('Передано вручную: Вера Ли → Анна Петрова.');
  await expect(card(console).getByRole('button', { name: /^Вернуть, как было/ })).toBeHidden();
  await desk.host.api('PATCH', `/operators/${anna.id}`, { is_active: false });
  await console.keyboard.press('KeyB');
  await expect(card(console)).toContainText('Возвращено в очередь вручную. До этого было у оператора: Анна Петрова.');
  await expect(card(console)).toContainText('Анна Петрова в этот момент не на линии.');

  await console.keyboard.press('KeyC');
  await expect(card(console).getByRole('button', { name: /^Закрыть насовсем/ })).toBeVisible();
  expect(await desk.host.api('GET', `/contacts/${id}`), 'it is asked first').toMatchObject({ status: 'waiting' });
  await console.keyboard.press('KeyC');
  await expect(card(console).getByRole('group', { name: 'История решений' })).toContainText(/закрыто$/);
  expect(await desk.host.api('GET', `/contacts/${id}`)).toMatchObject({ status: 'closed' });
});

test('a move is not undone if somebody else has moved the contact meanwhile, and the card says so', async ({ desk, console }) => {
  const { anna, boris, source } = await fill(desk);
  const { id } = await desk.contact(source, 'tg-1');
  const first = await desk.host.api<{ operator_id: number }>('GET', `/contacts/${id}`);
  const other = first.operator_id === anna.id ? boris : anna;
  await openCard(console, desk, id);
  await expect(card(console)).toContainText('Жребий выпал');
  await console.keyboard.press('KeyR');
  await console.getByRole('button', { name: 'Показать ещё 1 не на линии' }).click();
  await console.getByRole('option', { name: 'Вера Ли' }).click();
  await expect(card(console).getByRole('button', { name: /^Вернуть, как было/ })).toBeVisible();
  await desk.host.api('POST', `/contacts/${id}/reassign`, { operator_id: other.id });
  await expect(card(console).getByTestId('contact-status')).toContainText(other.name);
  await console.keyboard.press('KeyU');
  await expect(card(console).getByRole('alert')).toBeVisible();
  expect(await desk.host.api('GET', `/contacts/${id}`)).toMatchObject({ operator_id: other.id });
});

test('an open card shows that somebody else closed the contact', async ({ desk, console }) => {
  const { source } = await fill(desk);
  const { id } = await desk.contact(source, 'tg-1');
  await openCard(console, desk, id);
  await expect(card(console).getByTestId('contact-status')).toContainText('У оператора');
  await desk.host.api('POST', `/contacts/${id}/close`, {});
  await expect(card(console).getByTestId('contact-status')).toHaveText('Закрыто');
  await expect(card(console).getByRole('button', { name: /^Закрыть обращение/ })).toBeHidden();
});

test('a lead with more contacts than its card shows says that these are the latest and links to all; closed ones show their operator', async ({
  desk,
  console,
}) => {
  const source = await desk.source('Telegram', { [(await desk.operator('Анна Петрова', 200)).id]: 1 });
  await Promise.all(Array.from({ length: 103 }, () => desk.contact(source, 'tg-1', 'Ирина')));
  await desk.host.api('POST', '/contacts/103/close', {});
  await console.goto(`${desk.host.ready.apiUrl}/console/#/leads?lead=1`);
  const lead = console.getByTestId('lead-card').getByRole('dialog');
  await expect(lead).toContainText('последний оператор: Анна Петрова');
  await expect(lead.getByRole('row').filter({ hasText: 'закрыто · Анна Петрова' })).toHaveCount(1);
  await expect(lead).toContainText('Последние 100 обращений');
  await lead.getByRole('link', { name: 'Все обращения' }).click();
  await expect(console.getByRole('status').filter({ hasText: '103 обращения' })).toBeVisible();
});

test('everything that the bot sent is shown, unrecognised identifiers are marked, and hostile texts stay text', async ({ desk, console }) => {
  const { source } = await fill(desk);
  const long = 'Константинопольский-Заречный '.repeat(7).slice(0, 200);
  const { id } = await desk.host.api<{ id: number }>('POST', '/contacts', {
    source_id: source.id,
    external_id: 'x'.repeat(255),
    phone: '12',
    name: long,
    message: `<img src=x onerror=alert(1)>\n${'очень '.repeat(600)}`,
    attributes: { utm_source: '=HYPERLINK("http://evil")', city: 'Казань', visits: 3 },
  });
  await openCard(console, desk, id);
  const given = card(console).getByRole('region', { name: 'Что ещё передал бот' });
  await expect(given).toContainText('utm_source=HYPERLINK("http://evil")');
  await expect(given).toContainText('visits3');
  await expect(given).toContainText('Телефон (не распознано)12');
  await expect(card(console)).toContainText('<img src=x onerror=alert(1)>');
  const width = await card(console).evaluate((element) => element.scrollWidth - element.clientWidth);
  expect(width, 'nothing is wider than the card').toBe(0);
  await expect(card(console).getByRole('button', { name: 'Закрыть обращение' })).toBeInViewport();
});

test('no notice covers the bar of marked contacts, however many there are', async ({ desk, page }) => {
  const { source } = await fill(desk);
  for (const name of ['Глеб Орлов', 'Дарья Соколова']) await desk.operator(name);
  await desk.contact(source, 'tg-1', 'Ирина');
  await openConsole(page, desk);
  await page.getByRole('switch').first().waitFor();
  for (let nth = 0; nth < 4; nth++) await page.getByRole('switch').nth(nth).press('Space');
  await expect(page.locator('.mantine-Notifications-notification')).toHaveCount(4);
  const notices = page.locator('.mantine-Notifications-notification:visible');
  await expect(notices, 'the latest only').toHaveCount(1);
  await notices.last().hover(); // hovering keeps them
  await page.evaluate(() => {
    location.hash = '#/contacts';
  });
  await page.getByTestId('contact-row-1').getByRole('checkbox').check();
  const button = page.getByRole('button', { name: 'Снять отметки' });
  for (const size of [
    { width: 1280, height: 800 },
    { width: 920, height: 560 },
    { width: 1000, height: 420 },
    { width: 640, height: 400 },
  ]) {
    await page.setViewportSize(size);
    await button.scrollIntoViewIfNeeded();
    await expect(notices.last(), 'there is one to be in the way').toBeVisible();
    await button.click({ trial: true });
    const overlaps = async () => {
      const bar = await button.evaluate((element) => element.closest('footer')?.getBoundingClientRect().toJSON() as DOMRect);
      const boxes = await notices.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON() as DOMRect));
      return boxes.filter((box) => box.bottom > bar.top && box.top < bar.bottom && box.right > bar.left).length;
    };
    await expect.poll(overlaps, { message: `${size.width} × ${size.height}` }).toBe(0);
  }
});

test('a marked contact that somebody else closes loses its mark; the others keep theirs', async ({ desk, console }) => {
  const { anna, source } = await fill(desk);
  await desk.host.api('PATCH', `/operators/${anna.id}`, { max_load: 20 });
  for (let nth = 1; nth <= 4; nth++) await desk.contact(source, `tg-${nth}`);
  await console.goto(`${desk.host.ready.apiUrl}/console/#/contacts?status=assigned`);
  for (const id of [2, 3, 4]) await console.getByTestId(`contact-row-${id}`).getByRole('checkbox').check();
  await expect(console.getByRole('status').filter({ hasText: 'Отмечено 3' })).toBeVisible();
  await desk.host.api('POST', '/contacts/3/close', {});
  await expect(console.getByRole('status').filter({ hasText: 'Отмечено 2' })).toBeVisible();
});
