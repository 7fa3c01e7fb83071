import { expect, test } from 'vitest';
import { audit } from '#engine/configuration/audit.ts';
import { value } from '#engine/testing/desk.ts';
import { auditQuery } from '#shared/contract/audit.ts';
import { consoleCalls, type Host } from '#shared/contract/console.ts';
import { adminPrincipal, consolePrincipal, personPrincipal, sourcePrincipal } from '#shared/contract/principal.ts';
import { KeptDesk } from '#vault/testing/keeper.ts';
import { consoleRouter } from './router.ts';
import { consoleOf } from './testing/console.ts';

const anna = { name: 'Анна', is_active: true, max_load: 1 };

test('the author of a change is the principal who requested it', async () => {
  const desk = await KeptDesk.open();
  value(await consoleOf(desk).createOperator(anna));
  value(await consoleOf(desk, adminPrincipal).updateOperator({ id: 1, patch: { max_load: 2 } }));
  const { items } = value(audit(desk.engine.read, auditQuery.parse({}), 'UTC'));
  expect(items.map(({ actor }) => actor)).toEqual(['admin', 'console']);
});

test('a principal whom a call does not admit is refused before its input is validated, and the host is not called', async () => {
  const host = new Proxy({} as Host, {
    get: () => () => {
      throw new Error('the host was asked');
    },
  });
  const bot = consoleRouter.createCaller({ host, principal: sourcePrincipal(1) });
  const viewer = consoleRouter.createCaller({ host, principal: personPrincipal({ id: 1, role: 'viewer', operator_id: null }) });
  for (const name of Object.keys(consoleCalls) as (keyof typeof consoleCalls)[]) // Object.keys forgets the key type
    await expect(
      ((consoleCalls[name].access === 'holder' ? viewer : bot)[name] as (input: unknown) => Promise<unknown>)({ id: 'nonsense' }),
      name,
    ).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(consoleRouter.createCaller({ host, principal: consolePrincipal }).board()).rejects.toThrow('the host was asked');
});

test('every feature has its calls in the table, under unique names', () => {
  const contract = import.meta.glob<Record<string, object>>(['/src-shared/contract/*.ts', '!**/*.test.ts'], { eager: true });
  const exported = Object.values(contract).flatMap((file) => Object.entries(file));
  const tables = exported.flatMap(([name, table]) => (name.endsWith('Calls') && name !== 'consoleCalls' ? [Object.keys(table)] : []));
  expect(tables.length).toBeGreaterThan(10);
  expect(tables.flat().toSorted()).toEqual(Object.keys(consoleCalls).toSorted());
});
