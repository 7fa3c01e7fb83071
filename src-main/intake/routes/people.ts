import { invitationAt } from '#engine/access/invitation.ts';
import {
  addPersonKey,
  createPerson,
  invitePerson,
  people,
  person as personQuery,
  removePerson,
  removePersonKey,
  updatePerson,
} from '#engine/configuration/people.ts';
import type { Engine } from '#engine/core/engine.ts';
import { answer, answerCreated, answerEmpty } from '#intake/answer.ts';
import type { App } from '#intake/app.ts';
import { pageOf, shortListQuery } from '#intake/paging.ts';
import { byId, byKey } from '#intake/params.ts';
import { sendProblem } from '#intake/problem.ts';
import { nothing } from '#intake/route-config.ts';
import { page } from '#shared/contract/entities.ts';
import { createdPersonKey, invitation, invitedPerson, person, personInput, personPatch } from '#shared/contract/people.ts';
import { type Principal, personOf } from '#shared/contract/principal.ts';
import { notAllowed } from '#shared/contract/problems.ts';

const tags = ['People'];

/** Keys are made and revoked by administrators, and by the person. */
const isOwnOrAdministrators = ({ actor, role }: Principal, id: number): boolean => role === 'administrator' || personOf(actor) === id;

export function peopleRoutes(app: App, engine: Engine): void {
  app.get(
    '/people',
    {
      config: { access: 'admin', answers: { 200: page(person) } },
      schema: { tags, operationId: 'listPeople', summary: 'All people who can use the console, by id', querystring: shortListQuery },
    },
    (request, reply) => {
      const byIds = people(engine.read).toSorted((a, b) => a.id - b.id);
      return answer(
        reply,
        pageOf(byIds, request.query, ({ id }) => [id]),
      );
    },
  );
  app.post(
    '/people',
    {
      config: { access: 'admin', answers: { 201: invitedPerson } },
      schema: {
        tags,
        operationId: 'createPerson',
        summary: 'Add a person, who chooses a password under `invite_url`; the link works once, for a day',
        body: personInput,
      },
    },
    async ({ body, principal, raw, server }, reply) => {
      const result = await engine.write(principal.actor, (write) => createPerson(write, body));
      if (!result.ok) return answer(reply, result);
      const { invite_url } = invitationAt(server.door.addressOf(raw), result.value);
      return answerCreated(reply, { ...result, value: { ...result.value.person, invite_url } }, ({ id }) => `/people/${id}`);
    },
  );
  app.get(
    '/people/:id',
    {
      config: { access: 'admin', answers: { 200: person } },
      schema: { tags, operationId: 'getPerson', summary: 'One person', params: byId },
    },
    ({ params }, reply) => answer(reply, personQuery(engine.read, params.id)),
  );
  app.patch(
    '/people/:id',
    {
      config: { access: 'admin', answers: { 200: person } },
      schema: {
        tags,
        operationId: 'updatePerson',
        summary: 'Rename a person, or change the role; open consoles continue with the new rights',
        params: byId,
        body: personPatch,
      },
    },
    async ({ body, params, principal }, reply) => answer(reply, await engine.write(principal.actor, (write) => updatePerson(write, params.id, body))),
  );
  app.delete(
    '/people/:id',
    {
      config: { access: 'admin', answers: { 204: nothing } },
      schema: {
        tags,
        operationId: 'removePerson',
        summary: 'Remove a person. Password, keys, sessions and invitation end immediately, also if an earlier backup is restored',
        params: byId,
      },
    },
    async ({ params, principal }, reply) => answerEmpty(reply, await engine.write(principal.actor, (write) => removePerson(write, params.id))),
  );
  app.post(
    '/people/:id/invitations',
    {
      config: { access: 'admin', answers: { 201: invitation } },
      schema: {
        tags,
        operationId: 'invitePerson',
        summary: 'Invite a person again, also one who has forgotten the password; the earlier link becomes invalid',
        params: byId,
      },
    },
    async ({ params, principal, raw, server }, reply) => {
      const result = await engine.write(principal.actor, (write) => invitePerson(write, params.id));
      if (!result.ok) return answer(reply, result);
      return answer(reply.code(201), { ...result, value: invitationAt(server.door.addressOf(raw), result.value) });
    },
  );
  app.post(
    '/people/:id/keys',
    {
      config: { access: 'person', answers: { 201: createdPersonKey } },
      schema: {
        tags,
        operationId: 'addPersonKey',
        summary: 'Create a key with the rights of the person, for scripts; it is shown only now',
        description: 'Open to administrators and to the person.',
        params: byId,
      },
    },
    async ({ params, principal }, reply) => {
      if (!isOwnOrAdministrators(principal, params.id)) return sendProblem(reply, notAllowed.problem);
      const result = await engine.write(principal.actor, (write) => addPersonKey(write, params.id));
      return answerCreated(reply, result, ({ id }) => `/people/${params.id}/keys/${id}`);
    },
  );
  app.delete(
    '/people/:id/keys/:key_id',
    {
      config: { access: 'person', answers: { 204: nothing } },
      schema: {
        tags,
        operationId: 'revokePersonKey',
        summary: 'Revoke a key, immediately and permanently, even if an earlier backup is restored',
        description: 'Open to administrators and to the person.',
        params: byKey,
      },
    },
    async ({ params, principal }, reply) => {
      if (!isOwnOrAdministrators(principal, params.id)) return sendProblem(reply, notAllowed.problem);
      return answerEmpty(reply, await engine.write(principal.actor, (write) => removePersonKey(write, params.id, params.key_id)));
    },
  );
}
