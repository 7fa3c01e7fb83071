/**
 * Every change the console can make, repeated by a persistent user: the host fails, refuses, disappears before answering, is away, and
 * finally is slow. Each time the console says so, and input and choices are still there.
 */
import { changes } from '../harness/changes.ts';
import { expect, test } from '../harness/desk.ts';
import { again, eachOf, go, isUp, line, pressAgain, setOff, setUp } from '../harness/walk.ts';

/** Number of changes tried on one desk, so that the work is spread over all workers. */
const AT_A_TIME = 12;
const parts = Array.from({ length: Math.ceil(changes.length / AT_A_TIME) }, (_, nth) => changes.slice(nth * AT_A_TIME, (nth + 1) * AT_A_TIME));

for (const part of parts)
  test(`a host that fails, refuses, disappears, is away, or is slow: ${part[0]?.name} … ${part.at(-1)?.name}`, async ({ page, desk }) => {
    const stage = await setUp({ page, desk });
    const { between } = stage;
    await eachOf(stage, part, async (change) => {
      const isSaid = async (words: string) => {
        await expect(page.getByRole('alert').filter({ hasText: words }).first(), `${change.name}: ${words}`).toBeVisible();
        await change.kept?.(page);
      };
      const isSent = () => expect.poll(() => between.sent, { message: change.name }).toHaveLength(1);

      between.let('fails');
      await setOff(page, change);
      await isSent();
      await isSaid('В программе ошибка, исход неизвестен.');

      await again(stage, change);
      between.let('refuses');
      await setOff(page, change);
      await isSent();
      await isSaid('Этого изменения уже не вернуть');

      await again(stage, change);
      between.let('held');
      await setOff(page, change);
      await isSent();
      await between.cut();
      await isSaid('Связь прервалась, исход неизвестен.');
      await isUp(stage);

      await again(stage, change);
      await between.cut();
      await expect(line(page)).toContainText('Нет соединения');
      await setOff(page, change);
      await isSaid('Ничего не отправлено и не изменено.');
      await isUp(stage);

      await again(stage, change);
      between.let('held');
      await setOff(page, change);
      await expect(line(page).getByRole('progressbar')).toBeVisible();
      await pressAgain(page, change);
      expect(between.sent, `${change.name}: what is pressed again is sent once`).toHaveLength(1);
      between.release();
      await change.done(page);
      await expect(line(page).getByRole('progressbar')).toBeHidden();
    });
  });

test('a failure is also reported when its dialog was closed before the answer', async ({ page, desk }) => {
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
