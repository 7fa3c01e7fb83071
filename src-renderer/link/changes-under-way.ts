/** Commands of this console that await an answer: each is sent once, and the waiting time can be shown. */
import type { TRPCLink } from '@trpc/client';
import { observable, share } from '@trpc/server/observable';
import { create } from 'zustand';
import type { ConsoleRouter } from '#shared/contract/console.ts';
import { hostNow } from './host-clock.ts';

/** `since`: epoch milliseconds when the oldest was sent; null: none under way */
export const useChangesUnderWay = create<{ since: number | null }>(() => ({ since: null }));

/**
 * Repeating a command before it is answered (a second click, a held key) returns the same answer. On, off and on again are three
 * commands: only the latest of a kind counts as a repeat.
 */
export const followChanges: TRPCLink<ConsoleRouter> = () => {
  const sentAt = new Set<{ readonly since: number }>();
  const lastOf = new Map<string, { readonly input: string | undefined; readonly answers: ReturnType<ReturnType<typeof followChanges>> }>();
  const notify = () => useChangesUnderWay.setState({ since: sentAt.values().next().value?.since ?? null });
  return ({ op, next }) => {
    if (op.type !== 'mutation') return next(op);
    const input = JSON.stringify(op.input);
    const last = lastOf.get(op.path);
    if (last && last.input === input) return last.answers; // a call without input has undefined, like a missing last call
    const answers: ReturnType<typeof next> = observable((observer) => {
      const sent = { since: hostNow() };
      sentAt.add(sent);
      notify();
      const answer = next(op).subscribe(observer);
      return () => {
        answer.unsubscribe();
        sentAt.delete(sent);
        if (lastOf.get(op.path)?.answers === shared) lastOf.delete(op.path);
        notify();
      };
    });
    const shared = answers.pipe(share());
    lastOf.set(op.path, { input, answers: shared });
    return shared;
  };
};
