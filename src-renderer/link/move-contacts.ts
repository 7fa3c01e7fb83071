import { type ContactMove, type ContactOutcome, MOST_AT_ONCE } from '#shared/contract/contacts.ts';
import { attempt, type Outcome } from './attempt.ts';
import { client } from './client.ts';

/** Called after each step with the number done; aborting `signal` stops before the next step. */
export interface Watch {
  readonly onStep: (done: number) => void;
  readonly signal: AbortSignal;
}

/** Processes a long list in steps; what was done before a step fails is reported all the same. */
async function inSteps<T>(items: readonly T[], step: (some: T[]) => Promise<Outcome<ContactOutcome[]>>, watch?: Watch): Promise<Outcome<ContactOutcome[]>> {
  const done: ContactOutcome[] = [];
  for (let at = 0; at < items.length && !watch?.signal.aborted; at += MOST_AT_ONCE) {
    const outcome = await step(items.slice(at, at + MOST_AT_ONCE));
    if (!outcome.ok) return done.length > 0 ? { ok: true, value: done } : outcome;
    done.push(...outcome.value);
    watch?.onStep(done.length);
  }
  return { ok: true, value: done };
}

/** Moves contacts to other operators in steps of a limited size. @param watch reports progress and can stop between steps */
export const moveContacts = (moves: readonly ContactMove[], watch?: Watch) =>
  inSteps(moves, (some) => attempt((signal) => client.moveContacts.mutate({ moves: some }, { signal })), watch);

/** Closes contacts in steps, like `moveContacts`. */
export const closeContacts = (ids: readonly number[], watch?: Watch) =>
  inSteps(ids, (some) => attempt((signal) => client.closeContacts.mutate({ contact_ids: some }, { signal })), watch);
