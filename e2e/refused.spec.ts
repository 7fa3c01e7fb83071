import { call } from '#shells/testing/host-process.ts';
import { expect, test } from './desk.ts';

test('a refused contact is kept with its cause, and handed in again once that is mended', async ({ desk, console }) => {
  const anna = await desk.operator('Анна');
  const source = await desk.source('Авито');
  const refused = await call(desk.host.ready.apiUrl, source.api_key, 'POST', '/contacts', { external_id: 'av-5', name: 'Пётр' });
  expect(refused).toMatchObject({ status: 400, body: { code: 'source_has_no_competences' } });

  await expect(console.getByTestId('pulse-refused')).toContainText('1');
  await console.getByTestId('pulse-refused').click();
  const item = console.getByRole('listitem').filter({ hasText: 'av-5' });
  await expect(item).toContainText('Авито');
  await item.getByRole('button', { name: 'Передать снова' }).click();
  await expect(console.getByRole('alert').first()).toBeVisible();

  await desk.host.api('PUT', `/operators/${anna.id}/competences/${source.id}`, { weight: 10 });
  await item.getByRole('button', { name: 'Передать снова' }).click();
  await expect(item).toBeHidden();
  await expect(console.getByTestId('pulse-refused')).toBeHidden();
  expect(await desk.host.api('GET', '/contacts')).toMatchObject({
    items: [{ status: 'assigned', operator_id: anna.id, lead: { external_id: 'av-5', name: 'Пётр' } }],
  });
});
