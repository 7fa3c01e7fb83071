import type { Locator, Page } from '@playwright/test';
import { expect, openConsole, openTab, showsFigure, test, toggle } from '../harness/desk.ts';

test('a contact posted over HTTP appears at once, without a reload', async ({ desk, console }) => {
  const anna = await desk.operator('Анна Петрова', 7);
  const source = await desk.source('Telegram', { [anna.id]: 100 });
  const row = console.getByTestId(`operator-row-${anna.id}`);
  await expect(row).toContainText('0 / 7');
  const contact = await desk.contact(source, 'tg-77', 'Иван');
  expect(contact.operator_id).toBe(anna.id);
  await expect(row).toContainText('1 / 7');
  const recent = console.getByTestId('recent').getByRole('row').filter({ hasText: 'Иван' });
  await expect(recent).toContainText(/Telegram →\s*Анна Петрова/);
  await expect(recent).toContainText('100');
  await desk.host.api('POST', `/contacts/${contact.id}/close`, {});
  await expect(row).toContainText('0 / 7');
});

test('a switch in the console applies to the next contact, and another console shows it', async ({ desk, console }) => {
  const [anna, boris] = [await desk.operator('Анна'), await desk.operator('Борис')];
  const source = await desk.source('VK', { [anna.id]: 1000, [boris.id]: 1 });
  const other = await openTab(console, desk);
  await console.bringToFront(); // keys belong to the page in front

  await toggle(console, 'На линии: Анна', false);
  await expect(other.getByRole('switch', { name: 'На линии: Анна' })).not.toBeChecked();
  expect((await desk.contact(source, 'a')).operator_id).toBe(boris.id);
  await toggle(console, 'На линии: Анна', true);
  await toggle(console, 'На линии: Борис', false);
  expect((await desk.contact(source, 'b')).operator_id).toBe(anna.id);
});

test('waiting contacts are shown with the reason, and get the first free slot', async ({ desk, console }) => {
  const anna = await desk.operator('Анна', 1);
  const source = await desk.source('Сайт', { [anna.id]: 5 });
  const first = await desk.contact(source, 'a');
  const second = await desk.contact(source, 'b', 'Мария');
  expect(second).toMatchObject({ status: 'waiting', waiting_reason: 'all_full' });
  await expect(console.getByTestId(`queue-row-${second.id}`)).toContainText('Мария');
  await expect(console.getByTestId(`waiting-source-${source.id}`)).toContainText('Сайт — все заняты');
  await showsFigure(console, 'waiting', 1);

  await desk.host.api('POST', `/contacts/${first.id}/close`, {});
  await expect(console.getByTestId(`queue-row-${second.id}`)).toBeHidden();
  expect(await desk.host.api('GET', `/contacts/${second.id}`)).toMatchObject({ status: 'assigned', operator_id: anna.id });
});

test('a remedy for waiting contacts is applied with one click, and undone with another', async ({ desk, console }) => {
  const [anna, vera] = [await desk.operator('Анна', 5), await desk.operator('Вера', 3)];
  const source = await desk.source('VK', { [anna.id]: 100, [vera.id]: 100 });
  await desk.host.api('PATCH', `/operators/${vera.id}`, { is_active: false, inactive_reason: 'break' });
  for (let nth = 0; nth < 7; nth++) await desk.contact(source, `a${nth}`);
  const why = console.getByTestId(`waiting-source-${source.id}`);
  await expect(why).toContainText('VK — все заняты');
  await expect(console.getByTestId(`operator-row-${vera.id}`)).toContainText('перерыв');
  await expect(why.getByRole('button'), 'two wait, and each says for how many it is enough').toHaveText([
    'На линию: Вера (перерыв) · +2',
    'Лимит 5 → 6: Анна · +1',
  ]);
  await why.getByRole('button', { name: 'Лимит 5 → 6: Анна' }).click();
  await expect(console.getByTestId(`operator-row-${anna.id}`)).toContainText('6 / 6');
  await showsFigure(console, 'waiting', 1);
  await console.getByRole('button', { name: 'Вернуть' }).click();
  await expect(console.getByTestId(`operator-row-${anna.id}`)).toContainText('6 / 5');
  await expect(console.getByRole('button', { name: 'Вернуть' }), 'what was taken back is offered no more, also while its notice fades').toHaveCount(0);

  await why.getByRole('button', { name: 'На линию: Вера (перерыв)' }).click();
  await expect(why).toBeHidden();
  await expect(console.getByTestId(`operator-row-${vera.id}`)).toContainText('1 / 3');
  await expect(console.getByRole('button', { name: 'Вернуть' }), 'the row changes with the commit, the way back is offered with the answer').toBeVisible();
  await console.keyboard.press('u');
  await expect(console.getByTestId(`operator-row-${vera.id}`)).toContainText('перерыв');
});

test('every reason for waiting has its remedy: a weight, a limit of 0, or a link to the weights', async ({ desk, console }) => {
  const [anna, boris, vera] = [await desk.operator('Анна', 5), await desk.operator('Борис', 0), await desk.operator('Вера', 0)];
  await desk.host.api('PATCH', `/operators/${vera.id}`, { is_active: false });
  const weightless = await desk.source('Авито', { [anna.id]: 0 });
  const closed = await desk.source('Сайт', { [boris.id]: 1 });
  const away = await desk.source('VK', { [vera.id]: 1 });
  for (const source of [weightless, closed, away]) await desk.contact(source, `of-${source.name}`);
  const why = (source: { id: number }) => console.getByTestId(`waiting-source-${source.id}`);
  await expect(why(weightless)).toContainText('нет весов больше нуля');
  await why(weightless).getByRole('button', { name: 'Вес 100: Анна' }).click();
  await expect(why(weightless)).toBeHidden();
  await expect(console.getByTestId(`operator-row-${anna.id}`)).toContainText('1 / 5');
  await expect(why(closed)).toContainText('все заняты');
  await why(closed).getByRole('button', { name: 'Лимит 0 → 1: Борис' }).click();
  await expect(why(closed)).toBeHidden();
  await expect(console.getByTestId(`operator-row-${boris.id}`)).toContainText('1 / 1');
  await expect(why(away)).toContainText('никого на линии');
  await why(away).getByRole('link', { name: 'Взять некому' }).click();
  await expect(console).toHaveURL(new RegExp(`#/weights\\?source=${away.id}`));
});

test("each operator's share of the day is shown next to the expected one", async ({ desk, console }) => {
  const [anna, boris] = [await desk.operator('Анна', 2), await desk.operator('Борис', 9)];
  const source = await desk.source('VK', { [anna.id]: 1000, [boris.id]: 0 });
  await desk.contact(source, 'a');
  await desk.contact(source, 'b');
  await desk.host.api('PUT', `/operators/${boris.id}/competences/${source.id}`, { weight: 1 });
  await desk.contact(source, 'c');
  await desk.contact(source, 'd');
  await expect(console.getByTestId(`operator-row-${anna.id}`)).toContainText('50 % / 50 %');
  await expect(console.getByTestId(`operator-row-${boris.id}`)).toContainText('50 % / 50 %');
  await expect(console.getByTestId('pulse-service')).toContainText('100 %');
  await expect(console.getByTestId('pulse-today')).toContainText('пришло 4');
});

test('the decision card shows who could take a contact, what was drawn, and replays it', async ({ desk, console }) => {
  const [anna, boris, vera] = [await desk.operator('Анна'), await desk.operator('Борис'), await desk.operator('Вера')];
  const source = await desk.source('Telegram', { [anna.id]: 300, [boris.id]: 400, [vera.id]: 700 });
  await desk.host.api('PATCH', `/operators/${boris.id}`, { is_active: false });
  const contact = await desk.contact(source, 'tg-1', 'Олег');
  const { r, sum } = await desk.decision(contact.id);
  expect(sum).toBe(1000);

  await console.getByTestId('recent').getByRole('row').filter({ hasText: 'Олег' }).getByRole('button', { name: 'Почему' }).click();
  const card = console.getByRole('dialog');
  await expect(card).toContainText(`Обращение ${contact.id}`);
  const rowOf = (name: string) => card.getByRole('row').filter({ hasText: name });
  await expect(rowOf('Борис')).toContainText(/пропуск.*не на линии/);
  await expect(rowOf('Анна')).toContainText('0 – 299');
  await expect(rowOf('Вера')).toContainText(/300 – 999/);
  await expect(card.getByRole('row').filter({ hasText: '●' })).toHaveCount(1);
  await expect(rowOf(contact.operator?.name ?? 'nobody')).toContainText('●');
  await expect(card.getByRole('region', { name: 'Решение' })).toContainText(new RegExp(`${r} из 1\\s000`));
  await card.getByRole('button', { name: 'Проверить' }).click();
  await expect(card.getByRole('status').filter({ hasText: 'Повтор' })).toContainText(`Повтор дал то же: ${contact.operator?.name}.`);
  await console.keyboard.press('Escape');
  await expect(card).toBeHidden();
});

test('after a restart of the host the console reconnects and shows the present state', async ({ desk, page }) => {
  const anna = await desk.operator('Анна', 9);
  const source = await desk.source('Telegram', { [anna.id]: 1 });
  await openConsole(page, desk);
  await expect(page.getByTestId(`operator-row-${anna.id}`)).toContainText('0 / 9');
  const { apiUrl } = desk.host.ready;
  await desk.host.restart();
  expect(desk.host.ready.apiUrl).toBe(apiUrl);
  await desk.contact(source, 'after');
  await expect(page.getByTestId(`operator-row-${anna.id}`)).toContainText('1 / 9', { timeout: 20_000 });
});

/** Simulates a tab going to the background or coming to the front. */
const putAway = (page: Page, hidden: boolean): Promise<void> =>
  page.evaluate((away) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => away });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);

test('a hidden console renders nothing, and is up to date as soon as it is shown', async ({ desk, page: console }) => {
  const anna = await desk.operator('Анна', 9);
  const source = await desk.source('VK', { [anna.id]: 1 });
  await desk.contact(source, 'a');
  await openConsole(console, desk); // only now: parts of the screen show changes seconds later
  const row = (page: Page) => page.getByTestId(`operator-row-${anna.id}`);
  await expect(row(console)).toContainText('1 / 9');
  await expect(row(console)).toContainText('100 % / 100 %');
  await putAway(console, true);
  await console.evaluate(() => {
    const seen = { changes: 0 };
    new MutationObserver((records) => {
      seen.changes += records.length;
    }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    Object.assign(window, { seen });
  });
  for (let nth = 0; nth < 5; nth++) await desk.contact(source, `b${nth}`);
  const watched = await openTab(console, desk);
  await expect(row(watched)).toContainText('6 / 9');
  await desk.contact(source, 'c');
  await expect(row(watched), 'what the other console has been told this one has been, too').toContainText('7 / 9');
  expect(await console.evaluate(() => (Reflect.get(window, 'seen') as { changes: number }).changes)).toBe(0);
  await putAway(console, false);
  await expect(row(console)).toContainText('7 / 9');
});

/** Waits until the groups show an operator as full: they follow within two seconds, and only then do tiles keep their place. */
const shownFull = (page: Page, name: string) => expect(page.getByTestId('operators-full')).toContainText(name);

/** Starts dragging a row over another element, keeping the button down. */
async function dragOver(page: Page, row: Locator, place: Locator): Promise<void> {
  await row.hover();
  await page.mouse.down();
  await place.hover();
  await place.hover(); // Chromium starts a drag at the second move
}

test('a waiting contact is dragged onto an operator; rows that cannot take it show the reason, and refuse', async ({ desk, console }) => {
  const [anna, boris] = [await desk.operator('Анна', 1), await desk.operator('Борис', 2)];
  const source = await desk.source('VK', { [anna.id]: 1 });
  const first = await desk.contact(source, 'a', 'Иван');
  const second = await desk.contact(source, 'b', 'Мария');
  const row = (id: number) => console.getByTestId(`operator-row-${id}`);
  const waiting = console.getByTestId(`queue-row-${second.id}`);
  await shownFull(console, 'Анна');
  await dragOver(console, waiting, row(anna.id));
  await expect(row(anna.id)).toContainText('мест нет');
  await expect(row(boris.id)).not.toContainText('мест нет');
  await console.mouse.up();
  await expect(row(anna.id)).not.toContainText('мест нет');
  await expect(waiting).toBeVisible();
  expect(await desk.host.api('GET', `/contacts/${second.id}`)).toMatchObject({ status: 'waiting' });

  await dragOver(console, waiting, row(boris.id));
  await console.mouse.up();
  await expect(row(boris.id)).toContainText('1 / 2');
  await expect(waiting).toBeHidden();
  await console.getByRole('button', { name: 'Вернуть', exact: true }).click();
  await expect(waiting).toBeVisible();
  await expect(row(boris.id)).toContainText('0 / 2');

  const decision = console.getByTestId('recent').getByRole('row').filter({ hasText: 'Иван' }).first();
  await dragOver(console, decision, row(anna.id));
  await expect(row(anna.id)).toContainText('уже здесь');
  await row(boris.id).hover();
  await console.mouse.up();
  await expect(row(boris.id)).toContainText('1 / 2');
  expect(await desk.host.api('GET', `/contacts/${first.id}`)).toMatchObject({ operator_id: boris.id });
});

test('a drop is accepted where the pointer rests, although the browser asked the page about that place only once', async ({ desk, console }) => {
  const [anna, boris] = [await desk.operator('Анна', 1), await desk.operator('Борис', 2)];
  const source = await desk.source('VK', { [anna.id]: 1 });
  await desk.contact(source, 'a', 'Иван');
  const waiting = console.getByTestId(`queue-row-${(await desk.contact(source, 'b', 'Мария')).id}`);
  const row = console.getByTestId(`operator-row-${boris.id}`);
  await shownFull(console, 'Анна');
  await dragOver(console, waiting, row);
  // Another element is under the pointer now: the browser fires dragenter for it, and no dragover until the pointer moves.
  await row.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const cell = document.elementFromPoint(left + width / 2, top + height / 2)?.closest('li');
    const part = document.createElement('span');
    Object.assign(part.style, { position: 'absolute', inset: '0' });
    if (cell) cell.style.position = 'relative';
    cell?.append(part);
  });
  await console.mouse.up();
  await expect(row).toContainText('1 / 2');
  await expect(waiting).toBeHidden();
});

test('a contact that is moved elsewhere while it is dragged stays there, and the drag leaves nothing on the screen', async ({ desk, console }) => {
  const [anna, boris, vera] = [await desk.operator('Анна', 1), await desk.operator('Борис', 2), await desk.operator('Вера', 2)];
  const source = await desk.source('VK', { [anna.id]: 1 });
  await desk.contact(source, 'a', 'Иван');
  const [taken, closed] = [await desk.contact(source, 'b', 'Мария'), await desk.contact(source, 'c', 'Олег')];
  const row = (id: number) => console.getByTestId(`operator-row-${id}`);
  const waiting = (id: number) => console.getByTestId(`queue-row-${id}`);
  await shownFull(console, 'Анна');
  await dragOver(console, waiting(taken.id), row(boris.id));
  await expect(row(anna.id)).toContainText('мест нет');
  await desk.host.api('POST', `/contacts/${taken.id}/reassign`, { operator_id: vera.id });
  await expect(waiting(taken.id)).toBeHidden();
  await console.mouse.up();
  await expect(console.getByText('1 тем временем ушло в другое место и осталось там.')).toBeVisible();
  expect(await desk.host.api('GET', `/contacts/${taken.id}`)).toMatchObject({ operator_id: vera.id });

  await dragOver(console, waiting(closed.id), row(anna.id));
  await expect(row(anna.id)).toContainText('мест нет');
  await desk.host.api('POST', `/contacts/${closed.id}/close`, {});
  await expect(waiting(closed.id)).toBeHidden();
  await console.mouse.up();
  await row(vera.id).hover();
  await expect(row(anna.id)).not.toContainText('мест нет');
});

test('no operator changes place while a contact is dragged towards one', async ({ desk, console }) => {
  const [anna, boris] = [await desk.operator('Анна', 1), await desk.operator('Борис', 2)];
  const source = await desk.source('VK', { [anna.id]: 1 });
  await desk.contact(source, 'a');
  const waits = await desk.contact(source, 'b');
  const row = (id: number) => console.getByTestId(`operator-row-${id}`);
  const full = console.getByTestId('operators-full');
  await shownFull(console, 'Анна');
  await dragOver(console, console.getByTestId(`queue-row-${waits.id}`), console.getByTestId('pulse'));
  await expect(row(boris.id)).toHaveAttribute('data-taking', 'open');
  const was = await row(boris.id).boundingBox();
  await desk.host.api('PATCH', `/operators/${boris.id}`, { max_load: 0 });
  await expect(row(boris.id)).toHaveAttribute('data-taking', 'full');
  const watched = await openTab(console, desk);
  await expect(watched.getByTestId('operators-full')).toContainText('Борис');
  expect(await row(boris.id).boundingBox()).toEqual(was);
  await expect(full).not.toContainText('Борис');
  await console.mouse.up();
  await expect(full).toContainText('Борис');
});

test('waiting rows do not move when more arrive, and no remedy moves away from under the pointer', async ({ desk, console }) => {
  const [anna, boris] = [await desk.operator('Анна', 1), await desk.operator('Борис', 5)];
  await desk.host.api('PATCH', `/operators/${boris.id}`, { is_active: false });
  const [vk, site] = [await desk.source('VK', { [anna.id]: 1 }), await desk.source('Сайт', { [boris.id]: 1 })];
  await desk.contact(vk, 'a');
  const waits = await desk.contact(vk, 'b');
  const placeOf = (element: Locator) => element.boundingBox();
  const row = console.getByTestId(`queue-row-${waits.id}`);
  const remedy = console.getByRole('button', { name: 'Лимит 1 → 2: Анна' });
  const reasons = console.getByRole('list', { name: 'Почему ждут' }).getByRole('listitem');
  await expect(remedy).toBeVisible();
  const [rowWas, remedyWas] = [await placeOf(row), await placeOf(remedy)];
  await remedy.hover();
  for (let nth = 0; nth < 3; nth++) {
    await desk.contact(site, `c${nth}`);
    await showsFigure(console, 'waiting', nth + 2);
    await console.mouse.move((remedyWas?.x ?? 0) + 5 + nth, (remedyWas?.y ?? 0) + 5); // a resting pointer does not hold the list
    expect(await placeOf(remedy)).toEqual(remedyWas);
  }
  await console.getByTestId('pulse').hover();
  await expect(reasons).toContainText(['Сайт — никого на линии', 'VK — все заняты']);
  expect(await placeOf(row)).toEqual(rowWas);
});

test('the same works by keys: R in a waiting row asks for the operator, and limits are kept', async ({ desk, console }) => {
  const [anna, boris] = [await desk.operator('Анна', 1), await desk.operator('Борис', 2)];
  const source = await desk.source('VK', { [anna.id]: 1 });
  await desk.contact(source, 'a', 'Иван');
  const waits = await desk.contact(source, 'b', 'Мария');
  await console.getByTestId(`queue-row-${waits.id}`).focus();
  await console.keyboard.press('KeyR');
  const picker = console.getByRole('dialog', { name: 'Кому передать 1 обращение' });
  await expect(picker.getByRole('option', { name: /Анна/ })).toHaveAttribute('aria-disabled', 'true');
  await picker.getByRole('combobox').fill('бор');
  await console.keyboard.press('Enter');
  await expect(console.getByText('Борис: передано 1 обращение.')).toBeVisible();
  await expect(console.getByTestId(`operator-row-${boris.id}`)).toContainText('1 / 2');
  await console.keyboard.press('KeyU');
  await expect(console.getByTestId(`queue-row-${waits.id}`)).toBeVisible();
});

test('operators are sorted as their supervisor chooses, and never move under the pointer', async ({ desk, console }) => {
  const [anna, boris, vera] = [await desk.operator('Анна', 9), await desk.operator('Борис', 2), await desk.operator('Вера', 4)];
  const source = await desk.source('VK', { [boris.id]: 1 });
  await desk.contact(source, 'a');
  const names = console.locator('[data-testid^="operator-row-"]').getByRole('link', { name: /^[А-Я]/ });
  await expect(names).toHaveText(['Анна', 'Борис', 'Вера']);
  await console.getByRole('radiogroup', { name: 'Порядок операторов' }).getByText('По загрузке').click();
  await expect(names).toHaveText(['Борис', 'Анна', 'Вера']);

  await console.getByTestId(`operator-row-${vera.id}`).hover();
  await desk.host.api('PUT', `/operators/${vera.id}/competences/${source.id}`, { weight: 1000 });
  await desk.host.api('PATCH', `/operators/${boris.id}`, { is_active: false });
  for (const name of ['b', 'c', 'd']) await desk.contact(source, name);
  await expect(console.getByTestId(`operator-row-${vera.id}`)).toContainText('3 / 4');
  await desk.contact(source, 'e'); // the list is re-sorted every few seconds: a re-sort is due by now
  await expect(names).toHaveText(['Борис', 'Анна', 'Вера']);
  await console.getByTestId('pulse').hover();
  await expect(names, 'free, full, off line').toHaveText(['Анна', 'Вера', 'Борис']);
  await desk.operator('Яна', 5);
  await desk.host.api('PUT', `/operators/4/competences/${source.id}`, { weight: 1 });
  await desk.contact(source, 'f');
  await expect(names, 'the fuller first').toHaveText(['Яна', 'Анна', 'Вера', 'Борис']);

  await console.reload();
  await expect(names, 'it is kept').toHaveText(['Яна', 'Анна', 'Вера', 'Борис']);
  await console.getByTestId(`operator-row-${vera.id}`).getByRole('link', { name: '4 / 4' }).click();
  await expect(console).toHaveURL(/#\/contacts\?.*status=assigned/);
  await expect(console.locator('[data-testid^="contact-row-"]')).toHaveCount(4);
  expect(anna.id).toBe(1);
});

test('the shift has space for whole names at any screen width', async ({ desk, console }) => {
  const [short, long, mixed] = ['Дарья Соколова', 'Константин Константинопольский', 'Александра Великанова'];
  const [dasha, kostya, sasha] = [await desk.operator(short, 1), await desk.operator(long, 1), await desk.operator(mixed, 10)];
  const [vk, site] = [await desk.source('ВКонтакте', { [dasha.id]: 1 }), await desk.source('Сайт', { [kostya.id]: 1 })];
  await desk.contact(vk, 'vk-1', 'Мария');
  await desk.contact(site, 's-1', 'Олег');
  const [first, second] = ['Мария', 'Олег'].map((name) => console.getByTestId('recent').getByRole('row').filter({ hasText: name })) as [Locator, Locator];
  const rowOf = (id: number) => console.getByTestId(`operator-row-${id}`);
  await expect(second).toContainText(long);
  for (const width of [1280, 1366, 1440, 1536, 1600, 1680, 1760, 1840, 1920, 2560]) {
    await console.setViewportSize({ width, height: 900 });
    const isWhole = (text: string, within: Locator) =>
      within.getByText(text, { exact: true }).evaluate((element) => {
        const cell = element.closest<HTMLElement>('td, li > [title]') ?? element; // a cell, or the name's part of a tile
        const box = cell.getBoundingClientRect();
        const words = document.createRange();
        words.selectNodeContents(element);
        const isInside = [...words.getClientRects()].every(({ right, bottom, top }) => right <= box.right && top > box.top - 4 && bottom < box.bottom + 4);
        return box.width > 0 && box.height <= 32 && box.right <= innerWidth && isInside && element.scrollWidth <= element.clientWidth;
      });
    for (const [word, within] of [
      [short, rowOf(dasha.id)],
      [long, rowOf(kostya.id)],
      [mixed, rowOf(sasha.id)],
      [short, first],
      [vk.name, first],
      [long, second],
    ] as const)
      await expect.poll(() => isWhole(word, within), `${word} at ${width} px`).toBe(true);
  }
});

test('beside a long operator name the source stays readable', async ({ desk, console }) => {
  const kostya = await desk.operator('Константинопольская Александра', 2);
  const [telegram, site] = [await desk.source('Telegram', { [kostya.id]: 1 }), await desk.source('Сайт', { [kostya.id]: 1 })];
  await desk.contact(telegram, 'tg-1', 'Мария');
  await desk.contact(site, 's-1', 'Олег');
  const row = console.getByTestId('recent').getByRole('row').filter({ hasText: 'Мария' });
  await expect(row).toContainText(kostya.name);
  for (const width of [1366, 1440, 1920]) {
    await console.setViewportSize({ width, height: 768 });
    for (const text of ['Telegram', kostya.name])
      expect(
        await row.getByText(text, { exact: true }).evaluate((element) => {
          const words = document.createRange();
          words.selectNodeContents(element);
          const box = element.getBoundingClientRect();
          return [...words.getClientRects()].every(
            ({ left, right, top, bottom }) => left >= box.left - 1 && right <= box.right + 1 && top > box.top - 4 && bottom < box.bottom + 4,
          );
        }),
        `${text} at ${width} px`,
      ).toBe(true);
  }
});

test('operators are in groups by whether they can take a contact; who is off shift is not called, and folded where somebody is chosen', async ({
  desk,
  console,
}) => {
  const [anna, boris, vera, gleb] = [
    await desk.operator('Анна', 1),
    await desk.operator('Борис', 2),
    await desk.operator('Вера', 4),
    await desk.operator('Глеб', 4),
  ];
  const source = await desk.source('VK', { [boris.id]: 1, [vera.id]: 1 });
  await desk.host.api('PATCH', `/operators/${boris.id}`, { is_active: false, inactive_reason: 'off' });
  const names = (group: string) => console.getByRole('region', { name: group }).getByRole('link', { name: /^[А-Я]/ });
  await expect(names('Свободны 3')).toHaveText(['Анна', 'Вера', 'Глеб']);
  await expect(names('Не на линии 1')).toHaveText(['Борис']);
  for (let nth = 1; nth <= 4; nth++) await desk.contact(source, `vk-${nth}`);
  await expect(names('Полны 1')).toHaveText(['Вера']);

  await desk.contact(source, 'vk-5');
  const why = console.getByRole('list', { name: 'Почему ждут' });
  await expect(why.getByRole('button', { name: /Вера/ })).toBeVisible();
  await expect(why, 'who is off shift is not called').not.toContainText('Борис');

  await console.locator('[data-testid^="queue-row-"]').focus();
  await console.keyboard.press('KeyR');
  const picker = console.getByRole('dialog', { name: 'Кому передать 1 обращение' });
  await expect(picker.getByRole('option')).toHaveText([/^Глеб/, /^Анна/, /^Вера/]);
  await picker.getByRole('button', { name: 'Показать ещё 1 не на линии' }).click();
  await expect(picker.getByRole('option')).toHaveText([/^Глеб/, /^Анна/, /^Вера/, /^Борис.*не на смене/]);
  expect([anna.id, gleb.id]).toEqual([1, 4]);
});

test('a contact is given by the number of free slots; the list keeps its order while it is open, and nobody off line is chosen beforehand', async ({
  desk,
  console,
}) => {
  const [anna, vera, gleb] = [await desk.operator('Анна', 2), await desk.operator('Вера', 5), await desk.operator('Глеб', 7)];
  await desk.operator('Борис', 9);
  const source = await desk.source('VK', { [anna.id]: 1, [vera.id]: 1, [gleb.id]: 1 });
  await desk.host.api('PATCH', `/operators/${gleb.id}`, { is_active: false });
  const { id } = await desk.contact(source, 'a');
  await console.getByTestId('recent').locator('[data-row]').first().focus();
  await console.keyboard.press('KeyR');
  const picker = console.getByRole('dialog', { name: 'Кому передать 1 обращение' });
  await expect(picker.getByRole('option')).toHaveText([/^Вера/, /^Анна/, /^Борис/]);
  await expect(picker.getByRole('option', { selected: true })).toContainText('Вера');
  await desk.host.api('PATCH', `/operators/${anna.id}`, { max_load: 20 });
  await expect(picker.getByRole('option', { name: /^Анна/ })).toContainText('/ 20');
  await expect(picker.getByRole('option'), 'no row has moved').toHaveText([/^Вера/, /^Анна/, /^Борис/]);
  await picker.getByRole('combobox').fill('глеб');
  await expect(picker.getByRole('option', { name: /^Глеб/ })).toBeVisible();
  await expect(picker.getByRole('option', { selected: true })).toHaveCount(0);
  const before = await desk.host.api<{ operator_id: number }>('GET', `/contacts/${id}`);
  await console.keyboard.press('Enter');
  await expect(picker, 'Enter gives it to nobody').toBeVisible();
  expect(await desk.host.api('GET', `/contacts/${id}`)).toMatchObject({ operator_id: before.operator_id });
  await console.keyboard.press('ArrowDown');
  await console.keyboard.press('Enter');
  await expect(picker).toBeHidden();
  await expect.poll(() => desk.host.api('GET', `/contacts/${id}`)).toMatchObject({ operator_id: gleb.id });
});

test('forty operators are seen at once at 1366 × 768, and two hundred at 1920 × 1080; the groups stay as they are under the pointer and around the focus', async ({
  desk,
  console,
}) => {
  const rows = console.locator('[data-testid^="operator-row-"]');
  const seen = () =>
    rows.evaluateAll((all) => {
      const panel = all[0]?.closest('section[data-testid]')?.parentElement?.parentElement?.parentElement?.getBoundingClientRect();
      return all.filter((one) => panel && one.getBoundingClientRect().top >= panel.top && one.getBoundingClientRect().bottom <= panel.bottom).length;
    });
  /** Rows whose parts do not fit their height. */
  const overflowing = () => rows.evaluateAll((all) => all.filter((one) => one.scrollHeight > one.clientHeight).map((one) => one.textContent));
  const add = async (from: number, to: number) => {
    for (let nth = from; nth <= to; nth++) await desk.operator(`Оператор ${nth}`, 1);
  };
  await add(1, 40);
  const source = await desk.source('VK', { 1: 1, 2: 1 });
  for (let id = 5; id <= 40; id += 5) await desk.host.api('PATCH', `/operators/${id}`, { is_active: false });
  await console.setViewportSize({ width: 1366, height: 768 });
  await expect(console.getByTestId('operators-off').locator('[data-row]')).toHaveCount(8);
  await expect.poll(seen).toBe(40);
  expect(await overflowing()).toEqual([]);

  const full = console.getByTestId('operators-full').locator('[data-row]');
  await console.getByTestId('operator-row-2').hover();
  await desk.contact(source, 'a');
  await expect(rows.filter({ hasText: '1 / 1' })).toHaveCount(1);
  await expect(full, 'the pointer is there').toHaveCount(0);
  await console.getByTestId('pulse').hover();
  await expect(full).toHaveCount(1);
  await console.keyboard.press('KeyJ');
  await desk.contact(source, 'b');
  await expect(rows.filter({ hasText: '1 / 1' })).toHaveCount(2);
  await expect(full, 'the focus is there').toHaveCount(1);
  await console.getByRole('link', { name: 'Смена' }).focus();
  await expect(full).toHaveCount(2);

  await add(41, 200);
  await console.setViewportSize({ width: 1920, height: 1080 });
  await expect(rows).toHaveCount(200);
  await expect.poll(seen).toBe(200);
  expect(await overflowing()).toEqual([]);
});
