import { randomInt } from 'node:crypto';
import type { ContactInput } from '#shared/contract/entities.ts';
import type { DemoWorkspace } from './workspace.ts';

/** So many people write to the demo; the fewer, the more often somebody comes back. */
const PEOPLE = 400;

/** What one of the demo's people might write, to one of these sources. */
export function someContact(source_ids: readonly number[], { leads, messages }: DemoWorkspace): ContactInput & { source_id: number } {
  const person = randomInt(PEOPLE);
  const tail = String(person * 137).padStart(5, '0');
  return {
    source_id: oneOf(source_ids),
    // not everybody is known by everything: some leads are found by their phone later
    ...(person % 3 !== 0 && { external_id: `demo-${person}` }),
    ...(person % 3 !== 1 && { phone: `8 (900) 55${tail.slice(0, 1)}-${tail.slice(1, 3)}-${tail.slice(3, 5)}` }),
    name: leads[person % leads.length],
    message: oneOf(messages),
  };
}

function oneOf<T>(items: readonly T[]): T {
  const item = items[randomInt(items.length)];
  if (item === undefined) throw new Error('nothing to choose from');
  return item;
}
