/** People who use the desk, as an administrator's console lists and changes them. */
import type { Invitation, InvitedPerson, Person, PersonInput, PersonPatch } from '#shared/contract/people.ts';
import { ask, attempt, type Outcome } from './attempt.ts';
import { client } from './client.ts';

export const fetchPeople = (): Promise<Outcome<Person[]>> => ask((signal) => client.people.query(undefined, { signal }));

export const createPerson = (input: PersonInput): Promise<Outcome<InvitedPerson>> => attempt((signal) => client.createPerson.mutate(input, { signal }));

export const updatePerson = (id: number, patch: PersonPatch): Promise<Outcome<Person>> =>
  attempt((signal) => client.updatePerson.mutate({ id, patch }, { signal }));

export const removePerson = (id: number): Promise<Outcome<null>> => attempt((signal) => client.removePerson.mutate({ id }, { signal }));

export const invitePerson = (id: number): Promise<Outcome<Invitation>> => attempt((signal) => client.invitePerson.mutate({ id }, { signal }));

export const signOutPerson = (id: number): Promise<Outcome<null>> => attempt((signal) => client.signOutPerson.mutate({ id }, { signal }));
