import { expectably } from '#console/commands.ts';
import type { HostParts } from '#console/parts.ts';
import { createPerson, invitePerson, people, person, removePerson, updatePerson } from '#engine/configuration/people.ts';
import type { HostOf } from '#shared/contract/call.ts';
import type { peopleCalls } from '#shared/contract/people.ts';
import { fail, ok, type Result } from '#shared/contract/problems.ts';

const notHere = fail('not_allowed', 'The console runs in the desktop window; browsers cannot open it.');

export const peopleHost = ({ engine, write, sessions }: HostParts): HostOf<typeof peopleCalls> => ({
  people: () => people(engine.read),
  createPerson: async (principal, input) => {
    if (!sessions) return notHere;
    const made = await write(principal, (w) => createPerson(w, input));
    return changeValue(made, (invited) => ({ ...invited.person, invite_url: sessions.invitation(invited).invite_url }));
  },
  updatePerson: (principal, { id, patch }) => write(principal, (w) => updatePerson(w, id, patch)),
  removePerson: (principal, { id }) => write(principal, (w) => removePerson(w, id)),
  invitePerson: async (principal, { id }) => {
    if (!sessions) return notHere;
    const made = await write(principal, (w) => invitePerson(w, id));
    return changeValue(made, sessions.invitation);
  },
  signOutPerson: async (_principal, { id }) => {
    const found = person(engine.read, id);
    if (!found.ok || !sessions) return found.ok ? ok(null) : found;
    return expectably(sessions.endAll(id).then(() => ok(null)));
  },
});

const changeValue = <T, U>(result: Result<T>, change: (value: T) => U): Result<U> => (result.ok ? { ...result, value: change(result.value) } : result);
