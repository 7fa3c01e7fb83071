/** Every change the console can make, while the host is slow, away, goes away, fails or says no. */
import { changes } from './changes.ts';
import { expect, test } from './desk.ts';
import { eachOf, go, isUp, line, pressAgain, setOff, setUp } from './walk.ts';

test.beforeEach(() => test.setTimeout(180_000));

test('a host that takes its time is waited for, which is said; what is pressed again is sent once', async ({ page, desk }) => {
  const stage = await setUp({ page, desk });
  await eachOf(stage, async (change) => {
    stage.between.let('held');
    await setOff(page, change);
    await expect(line(page).getByRole('progressbar')).toBeVisible();
    await pressAgain(page, change);
    expect(stage.between.sent, change.name).toHaveLength(1);
    stage.between.release();
    await change.done(page);
    await expect(line(page).getByRole('progressbar')).toBeHidden();
  });
});

for (const { when, way, words } of [
  { when: 'fails', way: 'fails', words: 'В ядре ошибка, исход неизвестен.' },
  { when: 'says no', way: 'refuses', words: 'Этого изменения уже не вернуть' },
] as const)
  test(`a host that ${when}: it is said in words, and what was typed or chosen is still there`, async ({ page, desk }) => {
    const stage = await setUp({ page, desk });
    await eachOf(stage, async (change) => {
      stage.between.let(way);
      await setOff(page, change);
      await expect.poll(() => stage.between.sent, { message: change.name }).toHaveLength(1);
      await expect(page.getByRole('alert').filter({ hasText: words }).first(), change.name).toBeVisible({ timeout: 5_000 });
      await change.kept?.(page);
    });
  });

test('a host that is away, or goes away before it answers: what is known is said, nothing is lost, and it comes back', async ({ page, desk }) => {
  const stage = await setUp({ page, desk });
  await eachOf(stage, async (change) => {
    stage.between.let('held');
    await setOff(page, change);
    await expect.poll(() => stage.between.sent, { message: change.name }).toHaveLength(1);
    await stage.between.cut();
    await expect(page.getByRole('alert').filter({ hasText: 'Связь прервалась, исход неизвестен.' }).first(), change.name).toBeVisible();
    await change.kept?.(page);
    await isUp(stage);
  });
});

test('a host that is away: nothing is sent, which is said, and what was typed or chosen is still there', async ({ page, desk }) => {
  const stage = await setUp({ page, desk });
  await eachOf(stage, async (change) => {
    await stage.between.cut();
    await expect(line(page)).toContainText('Нет связи с ядром');
    await setOff(page, change);
    await expect(page.getByRole('alert').filter({ hasText: 'Ничего не отправлено и не изменено.' }).first(), change.name).toBeVisible({ timeout: 5_000 });
    await change.kept?.(page);
    await isUp(stage);
  });
});

test('a failure is said, too, when its dialog was closed before the answer came', async ({ page, desk }) => {
  const stage = await setUp({ page, desk });
  for (const change of changes.filter(({ name }) =>
    ['save a preset', 'apply a preset', 'import operators', 'an operator who holds contacts leaves'].includes(name),
  )) {
    stage.between.let('through');
    await go(page, change.at);
    await change.prepare?.(page, desk);
    stage.between.let('held');
    await setOff(page, change);
    await expect(line(page).getByRole('progressbar')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    await stage.between.cut();
    await expect(page.getByRole('alert').filter({ hasText: 'Связь прервалась, исход неизвестен.' }).first(), change.name).toBeVisible();
    await isUp(stage);
  }
});
