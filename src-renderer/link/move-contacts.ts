import { type ContactMove, type ContactOutcome, MOST_AT_ONCE } from '#shared/contract/move-contacts.ts';
import { attempt, type Outcome } from './attempt.ts';
import { client } from './client.ts';

/** Does a long list of things in as many steps as it takes; what was done before a step fails is told all the same. */
async function inSteps<T>(items: readonly T[], step: (some: T[]) => Promise<Outcome<ContactOutcome[]>>): Promise<Outcome<ContactOutcome[]>> {
  const done: ContactOutcome[] = [];
  for (let at = 0; at < items.length; at += MOST_AT_ONCE) {
    const outcome = await step(items.slice(at, at + MOST_AT_ONCE));
    if (!outcome.ok) return done.length > 0 ? { ok: true, value: done } : outcome;
    done.push(...outcome.value);
  }
  return { ok: true, value: done };
}

export const moveContacts = (moves: readonly ContactMove[]) =>
  inSteps(moves, (some) => attempt((signal) => client.moveContacts.mutate({ moves: some }, { signal })));

export const closeContacts = (ids: readonly number[]) =>
  inSteps(ids, (some) => attempt((signal) => client.closeContacts.mutate({ contact_ids: some }, { signal })));
