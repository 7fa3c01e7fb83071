import { expect, test } from 'vitest';
import { createOperator, updateOperator } from '#engine/configuration/operators.ts';
import { Desk } from '#engine/testing/desk.ts';
import { adminPrincipal } from '#shared/contract/principal.ts';
import { commandsOf } from './commands.ts';

test('the answer to a change carries its revision, and the step that undoes it if there was a change', async () => {
  const { write } = commandsOf(new Desk().engine);
  const made = await write(adminPrincipal, (w) => createOperator(w, { name: 'Анна', is_active: true, max_load: 3 }));
  expect(made).toMatchObject({ ok: true, revision: 1, step: 1 });
  expect(await write(adminPrincipal, (w) => updateOperator(w, 1, { max_load: 4 }))).toMatchObject({ ok: true, revision: 2, step: 2 });
  expect(await write(adminPrincipal, (w) => updateOperator(w, 1, { max_load: 4 }))).not.toHaveProperty('step');
});
