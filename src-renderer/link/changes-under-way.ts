/** The changes this console has asked for and has no answer to yet: each is sent once, and how long they take can be shown. */
import type { TRPCLink } from '@trpc/client';
import { observable, share } from '@trpc/server/observable';
import { create } from 'zustand';
import type { ConsoleRouter } from '#shared/contract/console.ts';
import { hostNow } from './host-clock.ts';

/** `since`: epoch milliseconds, when the oldest of them was asked for; null: none is under way */
export const useChangesUnderWay = create<{ since: number | null }>(() => ({ since: null }));

/**
 * Who asks for the very same before it was answered (a second click, a key held down) gets the one answer. On, off and on again are three
 * changes: only the last of a kind that was asked for is the same.
 */
export const followChanges: TRPCLink<ConsoleRouter> = () => {
  const sentAt = new Set<{ readonly since: number }>();
  const lastOf = new Map<string, { readonly input: string | undefined; readonly answers: ReturnType<ReturnType<typeof followChanges>> }>();
  const tell = () => useChangesUnderWay.setState({ since: sentAt.values().next().value?.since ?? null });
  return ({ op, next }) => {
    if (op.type !== 'mutation') return next(op);
    const input = JSON.stringify(op.input);
    const last = lastOf.get(op.path);
    if (last && last.input === input) return last.answers; // a call without an input has undefined, as no last one would
    const answers: ReturnType<typeof next> = observable((observer) => {
      const sent = { since: hostNow() };
      sentAt.add(sent);
      tell();
      const answer = next(op).subscribe(observer);
      return () => {
        answer.unsubscribe();
        sentAt.delete(sent);
        if (lastOf.get(op.path)?.answers === shared) lastOf.delete(op.path);
        tell();
      };
    });
    const shared = answers.pipe(share());
    lastOf.set(op.path, { input, answers: shared });
    return shared;
  };
};
