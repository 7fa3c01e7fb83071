import { acceptContact, declineContact } from '#engine/contacts/acceptance.ts';
import { answering } from '#engine/contacts/answering.ts';
import { closeContact, reassignContact } from '#engine/contacts/contacts.ts';
import type { Engine } from '#engine/core/engine.ts';
import { contact as contactById, contactMessages, decision } from '#engine/views/queries.ts';
import { answer } from '#intake/answer.ts';
import type { App } from '#intake/app.ts';
import type { Authenticate } from '#intake/authenticate.ts';
import type { ContactPages } from '#intake/contact-pages.ts';
import { type ContactWaits, MAX_WAITS, MOST_BEHIND } from '#intake/contact-waits.ts';
import { byId } from '#intake/params.ts';
import { otherSource, sendProblem, unauthorized } from '#intake/problem.ts';
import { READ_LIMIT } from '#intake/rate-limiter.ts';
import {
  acceptInput,
  closeInput,
  contact,
  contactMessage,
  contactQuery,
  contactWait,
  decisionAnswer,
  declineInput,
  page,
  pageQuery,
  reassignInput,
} from '#shared/contract/entities.ts';

const tags = ['Contacts'];

interface Parts {
  readonly engine: Engine;
  readonly pages: ContactPages;
  readonly waits: ContactWaits;
  readonly authenticate: Authenticate;
}

export function contactRoutes(app: App, { engine, pages, waits, authenticate }: Parts): void {
  app.get(
    '/contacts',
    {
      config: { access: 'source_read', answers: { 200: page(contact) } },
      schema: {
        tags,
        operationId: 'listContacts',
        summary: 'Contacts, newest first; a source key sees those of its own source',
        description:
          'A page may have fewer contacts than `limit`, even none, when they are large or hard to find among many: continue with `next_cursor` until it is null. ' +
          `Reads of a source key are also limited: ${READ_LIMIT.rate} rows a second, ${READ_LIMIT.burst} at once; beyond it the answer is 429 with \`Retry-After\`. ` +
          'A page costs the rows examined to find it, and two for each contact in it.',
        querystring: contactQuery,
      },
    },
    async ({ principal, query }, reply) => {
      if (principal.source_id === null) return answer(reply, await pages.find(query, null));
      if (query.source_id !== undefined && query.source_id !== principal.source_id) return sendProblem(reply, otherSource);
      return answer(reply, await pages.find({ ...query, source_id: principal.source_id }, principal.source_id));
    },
  );
  app.get(
    '/contacts/:id',
    {
      config: { access: 'source_read', answers: { 200: contact } },
      schema: {
        tags,
        operationId: 'getContact',
        summary: 'One contact, at once or when it has changed',
        description:
          'With `wait` it is answered as soon as an event of the contact follows the revision `since`, at the latest after so many seconds: 200 in any case, ' +
          `with the contact as it is. Repeat it with the revision of the answer. It is answered at once if \`since\` is more than ${MOST_BEHIND} changes old or, after ` +
          `a restore, ahead of the desk. At most ${MAX_WAITS} requests wait at a time.`,
        params: byId,
        querystring: contactWait,
      },
    },
    async ({ principal, params: { id }, query: { wait, since }, raw }, reply) => {
      const found = contactById(engine.read, id, principal);
      if (!found.ok || wait === 0) return answer(reply, found);
      const { authorization } = raw.headers;
      const problem = await waits.changed({
        contact_id: id,
        since: since === undefined ? engine.board().revision : Number(since),
        seconds: wait,
        source_id: principal.source_id,
        response: reply.raw,
        mayStay: () => authenticate(authorization) !== null,
      });
      if (problem) return sendProblem(reply, problem);
      reply.revision = engine.board().revision;
      if (authenticate(authorization) === null) return sendProblem(reply, unauthorized);
      return answer(reply, contactById(engine.read, id, principal));
    },
  );
  app.get(
    '/contacts/:id/messages',
    {
      config: { access: 'source_read', answers: { 200: page(contactMessage) } },
      schema: {
        tags,
        operationId: 'listContactMessages',
        summary: 'Further messages of the lead that were added to its open contact, oldest first',
        params: byId,
        querystring: pageQuery,
      },
    },
    ({ principal, params, query }, reply) => answer(reply, contactMessages(engine.read, params.id, principal, query)),
  );
  app.get(
    '/contacts/:id/decision',
    {
      config: { access: 'viewer', answers: { 200: decisionAnswer } },
      schema: { tags, operationId: 'getDecision', summary: 'Why a contact was assigned or queued', params: byId },
    },
    ({ params }, reply) => answer(reply, decision(engine.read, params.id)),
  );
  app.post(
    '/contacts/:id/close',
    {
      config: { access: 'holder', answers: { 200: contact }, needsNoBody: true },
      schema: {
        tags,
        operationId: 'closeContact',
        summary: "Close a contact and free the operator's slot; closing twice changes nothing",
        description: 'The body may be left out. An operator closes what they hold; if somebody else has it by then, it is 409 `already_moved`.',
        params: byId,
        body: closeInput.nullish(),
      },
    },
    async ({ body, principal, params: { id } }, reply) => {
      const asked = answering(engine.read, principal, id, body ?? {});
      return answer(reply, asked.ok ? await engine.write(principal.actor, (write) => closeContact(write, id, asked.value)) : asked);
    },
  );
  app.post(
    '/contacts/:id/accept',
    {
      config: { access: 'holder', answers: { 200: contact } },
      schema: {
        tags,
        operationId: 'acceptContact',
        summary: 'Accept a contact for the operator who has it; accepting twice changes nothing',
        description: 'Say for whom, so that a late answer is not taken for that of the next operator: then it is 409 `already_moved`.',
        params: byId,
        body: acceptInput,
      },
    },
    async ({ body, principal, params: { id } }, reply) => {
      const asked = answering(engine.read, principal, id, body);
      return answer(reply, asked.ok ? await engine.write(principal.actor, (write) => acceptContact(write, id, asked.value)) : asked);
    },
  );
  app.post(
    '/contacts/:id/decline',
    {
      config: { access: 'holder', answers: { 200: contact } },
      schema: {
        tags,
        operationId: 'declineContact',
        summary: 'Return a contact to the queue that its operator does not want; it keeps its old place',
        description: 'Say for whom, as for `accept`.',
        params: byId,
        body: declineInput,
      },
    },
    async ({ body, principal, params: { id } }, reply) => {
      const asked = answering(engine.read, principal, id, body);
      return answer(reply, asked.ok ? await engine.write(principal.actor, (write) => declineContact(write, id, asked.value)) : asked);
    },
  );
  app.post(
    '/contacts/:id/reassign',
    {
      config: { access: 'supervisor', answers: { 200: contact } },
      schema: {
        tags,
        operationId: 'reassignContact',
        summary: 'Assign a contact to another operator, or return it to the queue',
        params: byId,
        body: reassignInput,
      },
    },
    async ({ body, principal, params }, reply) =>
      answer(reply, await engine.write(principal.actor, (write) => reassignContact(write, params.id, body.operator_id))),
  );
}
