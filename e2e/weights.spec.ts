import { expect, test } from './desk.ts';

test('a weight typed into the grid is obeyed by the next contacts', async ({ desk, console }) => {
  const [anna, boris] = [await desk.operator('Анна', 50), await desk.operator('Борис', 50)];
  const source = await desk.source('Telegram', { [anna.id]: 100, [boris.id]: 0 });
  await console.getByRole('link', { name: 'Веса' }).click();
  const cell = (operator: { id: number }) => console.getByTestId(`weight-${operator.id}-${source.id}`);
  await expect(cell(anna)).toContainText('100');

  await cell(anna).click();
  await console.keyboard.type('0');
  await console.keyboard.press('Enter');
  await cell(boris).click();
  await console.keyboard.type('250');
  await console.keyboard.press('Enter');
  await expect(cell(boris)).toContainText('250');
  await expect
    .poll(() => desk.host.api('GET', `/competences?source_id=${source.id}`))
    .toMatchObject({
      items: [
        { operator_id: anna.id, weight: 0 },
        { operator_id: boris.id, weight: 250 },
      ],
    });
  const takers = new Set<number | null>();
  for (let nth = 0; nth < 8; nth++) takers.add((await desk.contact(source, `tg-${nth}`)).operator_id);
  expect([...takers]).toEqual([boris.id]);
});

test('a weight changed by a script shows in the grid', async ({ desk, console }) => {
  const anna = await desk.operator('Анна');
  const source = await desk.source('Telegram', { [anna.id]: 100 });
  await console.getByRole('link', { name: 'Веса' }).click();
  await expect(console.getByTestId(`weight-${anna.id}-${source.id}`)).toContainText('100');
  await desk.host.api('PUT', `/operators/${anna.id}/competences/${source.id}`, { weight: 333 });
  await expect(console.getByTestId(`weight-${anna.id}-${source.id}`)).toContainText('333');
});
