/** A desk on which each kind of command has something to do, always the same: the clock does not advance and each draw gives the first value. */
import { replaceCompetences } from '#engine/configuration/competences.ts';
import { createOperator, updateOperator } from '#engine/configuration/operators.ts';
import { createSource } from '#engine/configuration/sources.ts';
import { closeContact, reassignContact } from '#engine/contacts/contacts.ts';
import { submitContact } from '#engine/contacts/submit-contact.ts';
import { Engine } from '#engine/core/engine.ts';
import type { Answer, Write } from '#engine/core/write.ts';
import { eraseLead } from '#engine/leads/erase-lead.ts';
import { undoMerge } from '#engine/leads/leads.ts';
import type { ContactInput } from '#shared/contract/entities.ts';
import type { Result } from '#shared/contract/problems.ts';
import { openStore } from '#store/sqlite/open.ts';

/** @param migrations the folder `drizzle/` */
export function openDesk(file: string, migrations: string): Engine {
  return new Engine({
    store: openStore(file, { migrations }),
    now: () => Date.UTC(2026, 10, 22, 9, 15),
    dice: () => 0,
    newKey: () => 'sw_key',
    timeZone: 'Europe/Moscow',
    log: (message, error) => console.error(message, error),
  });
}

const submit = (write: Write, input: ContactInput, key: string | null = null) =>
  submitContact(write, { input: { ...input, source_id: 1 }, idempotency_key: key, fingerprint: key === null ? null : Buffer.alloc(32, 7) });

/** Two operators at their limit, contacts 1 to 3 of leads 1 to 3, contact 4 waiting, and leads 4 and 5 merged. */
export async function furnish(engine: Engine): Promise<void> {
  const steps: ((write: Write) => Answer<unknown>)[] = [
    (write) => createSource(write, { name: 'Site', settings: {} }),
    (write) => createOperator(write, { name: 'Anna', max_load: 2, is_active: true }),
    (write) => createOperator(write, { name: 'Boris', max_load: 1, is_active: true }),
    (write) =>
      replaceCompetences(
        write,
        1,
        [3, 1].map((weight, i) => ({ operator_id: i + 1, weight })),
      ),
    (write) => submit(write, { phone: '+79000000001', message: 'one' }, 'key-1'),
    (write) => submit(write, { email: 'two@example.com', message: 'two' }, 'key-2'),
    (write) => submit(write, { external_id: 'three', message: 'three' }),
    (write) => submit(write, { phone: '+79000000004', message: 'four' }),
    (write) => submit(write, { email: 'five@example.com', message: 'five' }),
    (write) => submit(write, { phone: '+79000000004', email: 'five@example.com', message: 'six' }),
  ];
  for (const step of steps) {
    const result = await engine.write('admin', step);
    if (!result.ok) throw new Error(result.problem.detail);
  }
}

const one = (command: (write: Write) => Answer<unknown>) => (engine: Engine) => engine.write('admin', command);

/** Each of these must be done completely or not at all, however the program ends. */
export const COMMANDS: Readonly<Record<string, (engine: Engine) => Promise<Result<unknown>>>> = {
  'hand in': one((write) => submit(write, { phone: '+79000000009', message: 'nine' }, 'key-9')),
  'submit, merging two leads': one((write) => submit(write, { phone: '+79000000001', email: 'two@example.com', message: 'both' }, 'key-10')),
  'close, which drains the queue': one((write) => closeContact(write, 1)),
  'return to the queue': one((write) => reassignContact(write, 2, null)),
  'undo a merge': one((write) => undoMerge(write, 1)),
  'erase a lead': (engine) => eraseLead(engine, 'admin', 1),
  'edit an operator, which drains the queue': one((write) => updateOperator(write, 1, { name: 'Anna Maria', max_load: 4 })),
  'edit weights': one((write) => replaceCompetences(write, 1, [{ operator_id: 2, weight: 900 }])),
};

/** Breaks the rule on purpose: it can be half done. */
export const TORN: (engine: Engine) => Promise<Result<unknown>> = async (engine) => {
  await engine.write('admin', (write) => closeContact(write, 1));
  return engine.write('admin', (write) => closeContact(write, 2));
};
