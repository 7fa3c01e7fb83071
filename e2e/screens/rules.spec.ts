/** The rule of a source: set as a sentence, seen where contacts wait, explained on the card. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Contact } from '#shared/contract/entities.ts';
import type { SourceRule } from '#shared/contract/rules.ts';
import { type Desk, expect, openConsole, test } from '../harness/desk.ts';
import { paleFindings, structuralFindings } from '../harness/findings.ts';

const ruleOf = (desk: Desk, source_id: number): Promise<SourceRule> => desk.host.api('GET', `/sources/${source_id}/rule`);
const toSources = (page: Page) => page.getByRole('link', { name: 'Источники' }).click();

test('a rule is filled in as a sentence, applied in one step, and undone', async ({ desk, console }) => {
  const anna = await desk.operator('Анна');
  const boris = await desk.operator('Борис');
  const vk = await desk.source('VK', { [anna.id]: 1, [boris.id]: 1 });
  await desk.host.api('PUT', `/operators/${boris.id}/competences/${vk.id}`, { weight: 1, line: 2 });
  const telegram = await desk.source('Telegram', { [anna.id]: 1 });
  await toSources(console);
  await expect(console.getByTestId(`rule-${telegram.id}`)).toBeHidden();
  await console.getByTestId(`source-${vk.id}`).getByRole('button', { name: 'Правило: VK' }).click();
  const form = console.getByRole('form', { name: 'Правило: VK' });
  await expect(form.getByRole('combobox', { name: 'Кому достаётся обращение' })).toBeFocused();
  await form.getByRole('combobox').click();
  await console.getByRole('option', { name: 'поровну по весам' }).click();
  await form.getByRole('button', { name: '2-я линия' }).click();
  await form.getByRole('textbox', { name: 'Через сколько секунд открывается 2-я линия' }).fill('90');
  await form.getByRole('checkbox', { name: 'пустая линия открывает следующую сразу' }).press('Space');
  await expect(form).toContainText('Операторов на линиях: 1-я — 1, 2-я — 1.');
  await form.getByRole('button', { name: 'Применить' }).click();
  await expect(form).toBeHidden();
  await expect(console.getByTestId(`rule-${vk.id}`)).toHaveText('поровну по весам; через 90 с 2-я линия; пустая линия не открывает следующую');
  expect(await ruleOf(desk, vk.id)).toMatchObject({ strategy: 'even', lines: [90], open_early: false });

  await console.getByRole('button', { name: 'Вернуть', exact: true }).click();
  await expect.poll(() => ruleOf(desk, vk.id)).toMatchObject({ strategy: 'weighted', lines: [], open_early: true });
  await console.getByRole('link', { name: 'Журнал' }).click();
  await expect(console.getByText('VK, правило: ').first()).toBeVisible();
});

test('descending lines, invalid numbers and lines without operators are reported at their fields; Esc leaves the rule as it is', async ({ desk, console }) => {
  const anna = await desk.operator('Анна');
  const vk = await desk.source('VK', { [anna.id]: 1 });
  await desk.source('Telegram', { [anna.id]: 1 });
  await desk.host.api('PUT', `/operators/${anna.id}/competences/${vk.id}`, { weight: 1, line: 2 });
  await toSources(console);
  await console.getByRole('button', { name: 'Правило: Telegram' }).press('Enter');
  await expect(console.getByRole('form', { name: 'Правило: Telegram' }).getByRole('button')).toHaveText([
    '2-я линия',
    'Отменить',
    'Применить',
    'к своему оператору',
    'цель',
    'срочность',
    'умения',
    'повторные сообщения',
    'мест на обращение',
    'принять за',
    'закрыть само',
    'случай',
  ]);
  await console.keyboard.press('Escape');
  await expect(console.getByRole('form', { name: 'Правило: Telegram' })).toBeHidden();
  const open = console.getByRole('button', { name: 'Правило: VK' });
  await open.press('Enter');
  const form = console.getByRole('form', { name: 'Правило: VK' });
  const apply = form.getByRole('button', { name: 'Применить' });
  await expect(apply).toBeDisabled();
  await form.getByRole('button', { name: '2-я линия' }).press('Enter');
  await form.getByRole('button', { name: '3-я линия' }).press('Enter');
  await expect(form).toContainText('Линии 1, 3: никого');
  const third = form.getByRole('textbox', { name: 'Через сколько секунд открывается 3-я линия' });
  await third.fill('30');
  await expect(form.getByRole('alert')).toHaveText('Следующая линия открывается не раньше предыдущей.');
  await expect(third).toHaveAttribute('aria-invalid', 'true');
  await expect(apply).toBeDisabled();
  await third.fill('две');
  await expect(form.getByRole('alert')).toHaveText('Нужно целое число секунд от 0 до 86400.');
  await console.getByRole('link', { name: 'Веса', exact: true }).click();
  await toSources(console);
  await expect(third, 'what was typed is still there').toHaveValue('две');
  await third.press('Escape');
  await expect(form).toBeHidden();
  expect(await ruleOf(desk, vk.id)).toMatchObject({ strategy: 'weighted', lines: [] });
});

test('own operator, tags and target are added to the sentence, applied in one step, and undone', async ({ desk, console }) => {
  const anna = await desk.operator('Анна');
  const vk = await desk.source('VK', { [anna.id]: 1 });
  await toSources(console);
  await console.getByRole('button', { name: 'Правило: VK' }).click();
  const form = console.getByRole('form', { name: 'Правило: VK' });
  await form.getByRole('button', { name: 'к своему оператору', exact: true }).click();
  await form.getByRole('textbox', { name: 'Сколько дней помнить своего оператора' }).fill('0');
  await expect(form.getByRole('alert')).toHaveText('Нужно целое число дней от 1 до 3650.');
  await form.getByRole('textbox', { name: 'Сколько дней помнить своего оператора' }).fill('3');
  await form.getByRole('button', { name: 'умения', exact: true }).click();
  await expect(form).toContainText('Нет умений для признаков: language');
  await form.getByRole('button', { name: 'цель', exact: true }).click();
  await form.getByRole('button', { name: 'срочность', exact: true }).click();
  await form.getByRole('button', { name: 'Убрать: срочность' }).click();
  await form.getByRole('button', { name: 'Применить' }).click();
  await expect(console.getByTestId(`rule-${vk.id}`)).toHaveText('случайно по весам; к своему 3 дня, ждать 2 мин; умения по признакам: language; цель 5 мин');
  const owner = { mode: 'days', days: 3, wait_seconds: 120 };
  expect(await ruleOf(desk, vk.id)).toMatchObject({ owner, needs: ['language'], needs_seconds: null, target_seconds: 300, urgency: 1 });
  await console.getByRole('link', { name: 'Журнал' }).click();
  await expect(console.getByText('к своему оператору: нет → 3 дн., ждать 120 с').first()).toBeVisible();
  await console.goBack();
  await console.getByRole('button', { name: 'Вернуть', exact: true }).click();
  await expect.poll(() => ruleOf(desk, vk.id)).toMatchObject({ owner: { mode: 'off' }, needs: [], target_seconds: null });
});

test('a contact that takes several slots fills the load bar by so many, and its card says what was missing', async ({ desk, console }) => {
  const anna = await desk.operator('Анна', 8);
  const boris = await desk.operator('Борис', 4);
  const vk = await desk.source('VK', { [anna.id]: 1, [boris.id]: 1 });
  await toSources(console);
  await console.getByRole('button', { name: 'Правило: VK' }).click();
  const form = console.getByRole('form', { name: 'Правило: VK' });
  await form.getByRole('button', { name: 'мест на обращение', exact: true }).click();
  const cost = form.getByRole('textbox', { name: 'Сколько мест оператора занимает одно обращение' });
  await cost.fill('101');
  await expect(form.getByRole('alert')).toHaveText('Мест на обращение — целое число от 1 до 100.');
  await cost.fill('9');
  await expect(form).toContainText('лимиты всех операторов источника меньше');
  await cost.fill('5');
  await expect(form).toContainText('Лимит меньше, не смогут взять: Борис.');
  await form.getByRole('button', { name: 'Применить' }).click();
  await expect(console.getByTestId(`rule-${vk.id}`)).toHaveText('случайно по весам; обращение занимает 5 мест');
  await desk.contact(vk, 'call-1');
  await desk.contact(vk, 'call-2');
  await console.goto(`${desk.host.ready.apiUrl}/console/#/live`);
  await expect(console.getByTestId(`operator-row-${anna.id}`)).toContainText('5 / 8');
  await console.goto(`${desk.host.ready.apiUrl}/console/#/live?contact=2`);
  const card = console.getByRole('dialog');
  await expect(card).toContainText('обращение занимает мест: 5, столько свободных не было ни у кого на линии');
  await expect(card).toContainText('пропуск: нужно 5, свободно 3');
  await desk.host.api('POST', '/contacts/1/close');
  await expect(card).toContainText('Анна — освободилось место (0 из 8)');
  await console.goto(`${desk.host.ready.apiUrl}/console/#/audit`);
  await expect(console.getByText('мест на обращение: 1 → 5').first()).toBeVisible();
});

test('an operator gets tags in the table, a lead is pinned on its card, and a contact says what it waits for', async ({ desk, console }) => {
  const anna = await desk.operator('Анна');
  const boris = await desk.operator('Борис');
  const vk = await desk.source('VK', { [anna.id]: 1, [boris.id]: 1 });
  await desk.host.api('PATCH', `/sources/${vk.id}/rule`, { needs: ['language'], owner: { mode: 'days' } });
  await desk.host.api('POST', '/contacts', { source_id: vk.id, external_id: 'tg-1', attributes: { language: 'en' } });
  await expect(console.getByTestId(`waiting-source-${vk.id}`)).toContainText('у тех, кто на линии, нет нужного умения');
  await console.getByRole('link', { name: 'Операторы', exact: true }).click();
  await console.getByRole('button', { name: 'Умения через запятую: Борис: —' }).click();
  await console.getByRole('textbox', { name: 'Умения через запятую: Борис' }).fill('vip, Language:EN,');
  await console.keyboard.press('Enter');
  await expect(console.getByRole('button', { name: 'Умения через запятую: Борис: Language:EN, vip' })).toBeVisible();
  await console.goto(`${desk.host.ready.apiUrl}/console/#/live?contact=1`);
  await expect(console.getByText('Выбран оператор: Борис').or(console.getByText('Жребий выпал на оператора: Борис')).first()).toBeVisible();
  await console.goto(`${desk.host.ready.apiUrl}/console/#/leads?lead=1`);
  const card = console.getByTestId('lead-card');
  await card.getByRole('combobox', { name: 'Закреплён за' }).click();
  await console.getByRole('option', { name: 'Анна' }).click();
  await expect.poll(() => desk.host.api('GET', `/leads/1?source_id=${vk.id}`)).toMatchObject({ pinned_operator_id: anna.id, owner_id: anna.id });
  await card.getByRole('combobox', { name: 'Закреплён за' }).click();
  await console.getByRole('option', { name: 'никем' }).click();
  await expect.poll(() => desk.host.api('GET', '/leads/1')).toMatchObject({ pinned_operator_id: null });
});

test('a waiting contact says which line opens next, and when, in the queue, by its source and on its card', async ({ desk, console: page }) => {
  const anna = await desk.operator('Анна', 1);
  const boris = await desk.operator('Борис', 5);
  const vk = await desk.source('VK', { [anna.id]: 1, [boris.id]: 1 });
  await desk.host.api('PUT', `/operators/${boris.id}/competences/${vk.id}`, { weight: 1, line: 2 });
  await desk.host.api('PATCH', `/sources/${vk.id}/rule`, { lines: [1200] });
  await desk.contact(vk, 'tg-1');
  const waiting = await desk.contact(vk, 'tg-2');
  const row = page.getByTestId(`queue-row-${waiting.id}`);
  await expect(row).toContainText(/2-я линия через 19:[0-5]\d/);
  const [left = ''] = /через 19:\d\d/.exec((await row.textContent()) ?? '') ?? [];
  await expect(row, 'it counts down').not.toContainText(left);
  await expect(page.getByTestId(`waiting-source-${vk.id}`)).toContainText(/: 2-я линия через 19:/);
  await row.locator('[data-open]').click();
  await expect(page.getByTestId('contact-status')).toContainText(/следующая линия ещё закрыта; 2-я линия через 19:/);
  await page.keyboard.press('Escape');
  await desk.host.api('PATCH', `/sources/${vk.id}/rule`, { lines: [0] });
  await expect(row).toBeHidden();
});

test('a waiting contact counts down to the end of its tag or of the wait for its owner, and help is offered only by whoever would take it', async ({
  desk,
  console: page,
}) => {
  const anna = await desk.operator('Анна', 1);
  const boris = await desk.operator('Борис', 5);
  const vera = await desk.operator('Вера', 5);
  await desk.host.api('PATCH', `/operators/${vera.id}`, { is_active: false, inactive_reason: 'break', tags: ['language:en'] });
  await desk.host.api('PATCH', `/operators/${anna.id}`, { tags: ['language:en'] });
  const vk = await desk.source('VK', { [anna.id]: 1, [boris.id]: 1, [vera.id]: 1 });
  await desk.host.api('PATCH', `/sources/${vk.id}/rule`, { needs: ['language'], needs_seconds: 1200, owner: { mode: 'days', wait_seconds: 600 } });
  const english = (external_id: string) => desk.host.api<Contact>('POST', '/contacts', { source_id: vk.id, external_id, attributes: { language: 'en' } });
  await english('tg-1');
  const waiting = await english('tg-2');
  const row = page.getByTestId(`queue-row-${waiting.id}`);
  const source = page.getByTestId(`waiting-source-${vk.id}`);
  await expect(row).toContainText(/без умения через 19:[0-5]\d/);
  await expect(source.getByRole('button')).toHaveText(['Лимит 1 → 2: Анна · +1', 'На линию: Вера (перерыв) · +1']);
  await desk.host.api('PATCH', `/leads/${waiting.lead_id}`, { pinned_operator_id: anna.id });
  await desk.host.api('PATCH', `/sources/${vk.id}/rule`, { needs: [] });
  await expect(row).toContainText(/другие через 0?9:[0-5]\d/);
  await expect(source.getByRole('button')).toHaveText(['Лимит 1 → 2: Анна · +1']);
  await desk.host.api('PATCH', `/leads/${waiting.lead_id}`, { pinned_operator_id: null });
  await expect(row).toBeHidden();
  await desk.host.api('PATCH', `/sources/${vk.id}/rule`, { cost: 5, owner: { mode: 'off' } });
  const costly = await desk.contact(vk, 'tg-3');
  await expect(source).toContainText('нужно 5 мест, столько свободных нет ни у кого');
  await expect(page.getByTestId('recent').getByRole('row').nth(1)).toContainText('ждёт: нужно 5 мест, столько свободных нет ни у кого');
  await page.getByTestId(`queue-row-${costly.id}`).locator('[data-open]').click();
  await expect(page.getByTestId('contact-status')).toContainText('нужно 5 мест, столько свободных нет ни у кого');
});

test('further messages join the open contact as its rule says, and are read on its card as they come', async ({ desk, console: page }) => {
  const anna = await desk.operator('Анна');
  const vk = await desk.source('VK', { [anna.id]: 1 });
  await toSources(page);
  await page.getByRole('button', { name: 'Правило: VK' }).click();
  const form = page.getByRole('form', { name: 'Правило: VK' });
  await form.getByRole('button', { name: 'повторные сообщения', exact: true }).click();
  const within = form.getByRole('textbox', { name: /Сколько минут обращению может быть/ });
  await within.fill('0');
  await expect(form.getByRole('alert')).toContainText('Возраст обращения — число минут больше нуля');
  await within.fill('90');
  await form.getByRole('button', { name: 'Применить' }).click();
  await expect(page.getByTestId(`rule-${vk.id}`)).toHaveText('случайно по весам; повторные сообщения — к открытому обращению не старше 1 ч 30 мин');
  expect((await ruleOf(desk, vk.id)).repeat).toEqual({ mode: 'join', within_seconds: 5400 });
  const send = (message: string) => desk.host.api('POST', '/contacts', { source_id: vk.id, external_id: 'tg-1', message });
  await send('Здравствуйте');
  await send('Вы ещё работаете?');
  await page.goto(`${desk.host.ready.apiUrl}/console/#/live?contact=1`);
  const messages = page.getByTestId('messages').getByRole('listitem');
  await expect(messages).toContainText(['Вы ещё работаете?']);
  await send('Жду ответа');
  await expect(messages).toContainText(['Вы ещё работаете?', 'Жду ответа']);
  await page.goto(`${desk.host.ready.apiUrl}/console/#/leads?lead=1`);
  await expect(page.getByTestId('lead-card')).toContainText('+2 сообщения');
  await page.goto(`${desk.host.ready.apiUrl}/console/#/audit`);
  await expect(page.getByText('повторные сообщения: новое обращение → к открытому обращению не старше 5400 с').first()).toBeVisible();
});

test('a case is kept beside the rule, turns red under a draft that breaks it, and keeps it from being applied until it is changed or removed', async ({
  desk,
  console: page,
}) => {
  const anna = await desk.operator('Анна', 2);
  const vera = await desk.operator('Вера', 2);
  await desk.host.api('PATCH', `/operators/${vera.id}`, { tags: ['language:en'] });
  const vk = await desk.source('VK', { [anna.id]: 1, [vera.id]: 1 });
  await desk.host.api('PATCH', `/sources/${vk.id}/rule`, { needs: ['language'] });
  await toSources(page);
  await page.getByRole('button', { name: 'Правило: VK' }).click();
  const form = page.getByRole('form', { name: 'Правило: VK' });
  await form.getByRole('button', { name: 'случай', exact: true }).click();
  const inCase = form.getByRole('group', { name: 'Новый случай' });
  await inCase.getByRole('textbox', { name: /Признаки обращения/ }).fill('language');
  await expect(inCase.getByRole('alert')).toHaveText('Признаки пишут так: language=en, vip=yes.');
  await inCase.getByRole('textbox', { name: /Признаки обращения/ }).fill('language=en');
  const expected = inCase.getByRole('combobox', { name: 'Кому должно достаться обращение' });
  await expect(expected, 'what comes out under the rule').toHaveValue('Вера');
  await inCase.getByRole('button', { name: 'Вера: на линии' }).click();
  await expect(inCase.getByRole('button', { name: 'Вера: нет мест' })).toBeVisible();
  await expect(expected).toHaveValue('ждёт: все заняты');
  await inCase.getByRole('button', { name: 'Вера: нет мест' }).click();
  await inCase.getByRole('button', { name: 'Вера: не на линии' }).click();
  await page.keyboard.press('Tab');
  await inCase.getByRole('textbox', { name: /Сколько секунд/ }).press('Enter');
  const kept = form.getByTestId('case-1');
  await expect(kept).toContainText('language: en; на линии: Анна, Вера → Вера');
  await expect(kept.getByLabel('Выполняется')).toBeVisible();
  const apply = form.getByRole('button', { name: 'Применить' });
  await form.getByRole('button', { name: 'Убрать: умения' }).click();
  await expect(kept.getByLabel('Не выполняется')).toBeVisible();
  await expect(kept).toContainText('вышло бы: кто-то с 1-й линии');
  await expect(form.getByRole('alert')).toHaveText('Такое правило нарушает сохранённые случаи. Верните правило, либо измените или удалите эти случаи.');
  await expect(apply).toBeDisabled();
  await kept.getByRole('button', { name: 'Пусть так' }).click();
  await expect(kept).toContainText('→ кто-то с 1-й линии');
  await apply.click();
  await expect(page.getByTestId(`cases-${vk.id}`)).toHaveText('1 случай выполняется');
  expect(await ruleOf(desk, vk.id)).toMatchObject({ needs: [] });
  await desk.host.api('PATCH', `/sources/${vk.id}/rule`, { owner: { mode: 'open' } }); // makes no difference to the case
  for (const { id } of [anna, vera]) await desk.host.api('PATCH', `/operators/${id}`, { max_load: 0 });
  await expect(page.getByTestId(`cases-${vk.id}`), 'also for another cause').toHaveText('не выполняется случаев: 1 из 1');
  await page.getByRole('button', { name: 'Правило: VK' }).click();
  await form.getByRole('button', { name: /^Удалить случай/ }).click();
  await expect(form.getByTestId('case-1')).toBeHidden();
  await page.getByRole('button', { name: 'Вернуть', exact: true }).click();
  await expect(form.getByTestId('case-1')).toBeVisible();
  await page.getByRole('link', { name: 'Журнал' }).click();
  await expect(page.getByText('VK, сохранён случай: language: en; на линии: Анна, Вера → Вера').first()).toBeVisible();
});

test('a decision is kept as a case on its card', async ({ desk, console: page }) => {
  const anna = await desk.operator('Анна', 1);
  const vera = await desk.operator('Вера', 1);
  const vk = await desk.source('VK', { [anna.id]: 1, [vera.id]: 1 });
  await desk.host.api('PUT', `/operators/${vera.id}/competences/${vk.id}`, { weight: 1, line: 2 });
  await desk.host.api('PATCH', `/sources/${vk.id}/rule`, { lines: [0] });
  await desk.contact(vk, 'tg-1');
  await desk.contact(vk, 'tg-2');
  await page.goto(`${desk.host.ready.apiUrl}/console/#/live?contact=2`);
  const card = page.getByRole('dialog');
  await card.getByRole('button', { name: 'Сохранить случай' }).click();
  await expect(card.getByRole('status').filter({ hasText: 'Случай сохранён' })).toHaveText('Случай сохранён: на линии: Анна (нет мест), Вера → Вера.');
  await page.goto(`${desk.host.ready.apiUrl}/console/#/sources`);
  await expect(page.getByTestId(`cases-${vk.id}`)).toHaveText('1 случай выполняется');
});

test('a draft says beside it what today’s contacts would have got under it', async ({ desk, console: page }) => {
  const anna = await desk.operator('Анна', 2);
  const boris = await desk.operator('Борис', 9);
  const vk = await desk.source('VK', { [anna.id]: 1, [boris.id]: 1 });
  await desk.host.api('PUT', `/operators/${boris.id}/competences/${vk.id}`, { weight: 1, line: 2 });
  await desk.host.api('PATCH', `/sources/${vk.id}/rule`, { lines: [3600] });
  await toSources(page);
  await page.getByRole('button', { name: 'Правило: VK' }).click();
  const form = page.getByRole('form', { name: 'Правило: VK' });
  const seconds = form.getByRole('textbox', { name: 'Через сколько секунд открывается 2-я линия' });
  const trial = form.getByTestId('rule-trial');
  await expect(trial, 'nothing is changed yet').toBeHidden();
  await seconds.fill('1800');
  await expect(trial).toHaveText('Сегодня обращений ещё не было: сравнить не с чем');
  for (let n = 1; n <= 5; n++) await desk.contact(vk, `tg-${n}`);
  await seconds.fill('1200');
  await expect(trial).toHaveText('Сегодня всё было бы так же: 5 обращений');
  await seconds.fill('0');
  await expect(trial).toContainText('Сегодня иначе: 3 из 5');
  await expect(trial).toContainText(/Борис 0 → 3/);
  await expect(trial).toContainText(/сразу никому 3 → 0/);
});

const isLookedAt = !process.env.CI;

async function lookAt(page: Page, name: string, within?: string): Promise<void> {
  if (isLookedAt) mkdirSync('screenshots', { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    if (isLookedAt) await page.screenshot({ path: join('screenshots', `${name}-${colorScheme}.png`), animations: 'disabled' });
    expect.soft(await paleFindings(page, within), `${name}, ${colorScheme}`).toEqual([]);
  }
  expect.soft(await structuralFindings(page, within), name).toEqual([]);
}

for (const language of ['ru', 'en'] as const)
  test.describe(language, () => {
    test.use({ language, viewport: { width: 1366, height: 768 } });

    test('a card with further messages is readable in both themes', async ({ desk, page }) => {
      const anna = await desk.operator('Анна Петрова');
      const vk = await desk.source('ВКонтакте', { [anna.id]: 100 });
      await desk.host.api('PATCH', `/sources/${vk.id}/rule`, { repeat: { mode: 'join', within_seconds: 86_400 } });
      const send = (body: object) => desk.host.api('POST', '/contacts', { source_id: vk.id, external_id: 'vk-77', ...body });
      await send({ name: 'Ольга Смирнова', message: 'Здравствуйте, интересует рассрочка на год' });
      await send({ message: 'Вы ещё работаете?', attributes: { page: '/credit' } });
      await send({ phone: '+7 900 123-45-67', attributes: { form: 'callback' } });
      await send({
        message: 'Очень длинное сообщение, которое не помещается в одну строку карточки и потому переносится на следующую, как и положено. '.repeat(2),
      });
      await openConsole(page, desk);
      await page.goto(`${desk.host.ready.apiUrl}/console/#/live?contact=1`);
      await expect(page.getByTestId('messages').getByRole('listitem')).toHaveCount(3);
      await lookAt(page, `messages-${language}`, '[role=dialog]');
    });

    test('rules are readable and operable in both themes', async ({ desk, page }) => {
      const anna = await desk.operator('Анна Петрова', 2);
      const boris = await desk.operator('Борис Ким', 3);
      const vk = await desk.source('ВКонтакте', { [anna.id]: 100, [boris.id]: 50 });
      const site = await desk.source('Сайт', { [anna.id]: 100 });
      const avito = await desk.source('Авито', { [anna.id]: 60, [boris.id]: 40 });
      await desk.host.api('PUT', `/operators/${boris.id}/competences/${vk.id}`, { weight: 50, line: 2 });
      await desk.host.api('PATCH', `/sources/${vk.id}/rule`, {
        strategy: 'even',
        lines: [600],
        owner: { mode: 'days', days: 30, wait_seconds: 120 },
        needs: ['language'],
        target_seconds: 300,
        urgency: 3,
      });
      await desk.host.api('PATCH', `/sources/${site.id}/rule`, { strategy: 'least_load' });
      await openConsole(page, desk);
      await page.goto(`${desk.host.ready.apiUrl}/console/#/sources`);
      await expect(page.getByTestId(`rule-${site.id}`)).toBeVisible();
      await page.getByTestId(`source-${vk.id}`).locator('[data-open]').click();
      await page.getByTestId(`rule-${vk.id}`).locator('button').filter({ hasText: '3' }).click();
      await page.getByTestId(`rule-${vk.id}`).getByRole('textbox').nth(1).fill('30');
      await expect(page.getByRole('alert')).toBeVisible();
      const tried = [];
      for (let n = 0; n < 6; n++) tried.push(await desk.contact(avito, `av-${n}`));
      await page.getByTestId(`source-${avito.id}`).locator('[data-open]').click();
      await page.getByTestId(`rule-${avito.id}`).locator('button').filter({ hasText: '2' }).first().click();
      await page.getByTestId(`rule-${avito.id}`).getByRole('textbox').first().fill('0');
      await expect(page.getByTestId('rule-trial')).toContainText('6');
      await lookAt(page, `${language}-rules-sources`);
      for (const { id } of tried) await desk.host.api('POST', `/contacts/${id}/close`);
      await desk.host.api('PATCH', `/operators/${anna.id}`, { tags: ['language:en', 'VIP'] });
      await page.goto(`${desk.host.ready.apiUrl}/console/#/operators`);
      await expect(page.getByTestId(`operator-${anna.id}`)).toContainText('VIP, language:en');
      await lookAt(page, `${language}-rules-operators`);
      await desk.host.api('POST', '/leads', { external_id: 'tg-1', name: 'Иван' });
      await desk.host.api('PATCH', '/leads/1', { pinned_operator_id: anna.id });
      await page.goto(`${desk.host.ready.apiUrl}/console/#/leads?lead=1`);
      await expect(page.getByTestId('lead-card').getByRole('combobox')).toHaveValue('Анна Петрова');
      await lookAt(page, `${language}-rules-lead`);
      await page.goto(`${desk.host.ready.apiUrl}/console/#/weights`);
      await page.getByTestId(`weight-${boris.id}-${vk.id}`).click();
      await lookAt(page, `${language}-rules-weights`);
      for (let nth = 1; nth <= 4; nth++) await desk.contact(vk, `tg-${nth}`, nth === 3 ? 'Мария Константинопольская' : undefined);
      await page.goto(`${desk.host.ready.apiUrl}/console/#/live`);
      await expect(page.locator('[data-testid^="queue-row-"]')).toHaveCount(2);
      await lookAt(page, `${language}-rules-live`);
      await page.locator('[data-testid^="queue-row-"] [data-open]').first().click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await lookAt(page, `${language}-rules-card`, '[role="dialog"]');
    });
  });
