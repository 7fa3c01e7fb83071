import type { Engine } from '#engine/core/engine.ts';
import { eraseLead } from '#engine/leads/erase-lead.ts';
import { saveLead, undoMerge } from '#engine/leads/leads.ts';
import { leadExport as leadExportOf } from '#engine/leads/personal-data.ts';
import { updateLead } from '#engine/leads/pin.ts';
import { identifier, shareIdentifier, unshareIdentifier } from '#engine/leads/shared-identifiers.ts';
import { acceptSuggestedMerge, dismissSuggestedMerge, suggestedMerges } from '#engine/leads/suggested-merges.ts';
import { lead as leadById, leads } from '#engine/views/queries.ts';
import { answer, answerCreated } from '#intake/answer.ts';
import type { App } from '#intake/app.ts';
import { byId } from '#intake/params.ts';
import { identifierDetail, lead, leadAnswer, leadDetail, leadInput, leadPatch, leadQuery, merge, ownerQuery, page } from '#shared/contract/entities.ts';
import { leadErasure, leadExport } from '#shared/contract/personal-data.ts';
import { suggestedMerge, suggestedMergeQuery } from '#shared/contract/suggested-merges.ts';

const tags = ['Leads'];

export function leadRoutes(app: App, engine: Engine): void {
  app.get(
    '/leads',
    {
      config: { access: 'viewer', answers: { 200: page(lead) } },
      schema: { tags, operationId: 'listLeads', summary: 'All leads, or those with an identifier, newest first', querystring: leadQuery },
    },
    ({ query }, reply) => answer(reply, leads(engine.read, query)),
  );
  app.get(
    '/leads/:id',
    {
      config: { access: 'viewer', answers: { 200: leadDetail } },
      schema: { tags, operationId: 'getLead', summary: 'One lead with its identifiers, contacts and merges', params: byId, querystring: ownerQuery },
    },
    ({ params, query }, reply) => answer(reply, leadById(engine.read, params.id, query.source_id)),
  );
  app.patch(
    '/leads/:id',
    {
      config: { access: 'supervisor', answers: { 200: lead } },
      schema: {
        tags,
        operationId: 'updateLead',
        summary: 'Change the name of a lead, or the operator it is pinned to',
        description: 'Contacts of the lead that wait follow a change of the pin. The pin can be undone in the console.',
        params: byId,
        body: leadPatch,
      },
    },
    async ({ body, principal, params }, reply) => answer(reply, await engine.write(principal.actor, (write) => updateLead(write, params.id, body))),
  );
  app.post(
    '/leads',
    {
      config: { access: 'supervisor', answers: { 200: leadAnswer, 201: leadAnswer } },
      schema: { tags, operationId: 'saveLead', summary: 'Create a lead (201), or extend or merge an existing one (200)', body: leadInput },
    },
    async ({ body, principal }, reply) => {
      const result = await engine.write(principal.actor, (write) => saveLead(write, body));
      return result.ok && !result.value.created ? answer(reply, result) : answerCreated(reply, result, ({ id }) => `/leads/${id}`);
    },
  );
  app.get(
    '/leads/:id/export',
    {
      config: { access: 'viewer', answers: { 200: leadExport } },
      schema: { tags, operationId: 'exportLead', summary: 'All data stored about a lead', params: byId },
    },
    ({ params }, reply) => answer(reply, leadExportOf(engine.read, params.id)),
  );
  app.post(
    '/leads/:id/erase',
    {
      config: { access: 'admin', answers: { 200: leadErasure } },
      schema: {
        tags,
        operationId: 'eraseLead',
        summary: 'Erase all personal data of a lead; this cannot be undone',
        description:
          'Identifiers, names, messages, attributes, idempotency keys and refused bodies are overwritten in the database. Contacts and decisions stay, without text. ' +
          'Earlier backups keep them for at most 30 days; a restore repeats the erasure. A contact submitted later is a new lead.',
        params: byId,
      },
    },
    async ({ principal, params }, reply) => answer(reply, await eraseLead(engine, principal.actor, params.id)),
  );
  app.get(
    '/identifiers/:id',
    {
      config: { access: 'viewer', answers: { 200: identifierDetail } },
      schema: {
        tags,
        operationId: 'getIdentifier',
        summary: 'An identifier with all leads that have its value, and those that marking it as shared would separate',
        params: byId,
      },
    },
    ({ params }, reply) => answer(reply, identifier(engine.read.store.reading, params.id)),
  );
  app.post(
    '/identifiers/:id/share',
    {
      config: { access: 'supervisor', answers: { 200: identifierDetail } },
      schema: {
        tags,
        operationId: 'shareIdentifier',
        summary: 'Mark an identifier as shared by many people',
        description:
          'It identifies nobody from then on: its leads keep it as a contact detail, merges that it made are undone, and a contact that has nothing else creates a new lead with the warning `shared_identifier`. ' +
          '`POST /identifiers/{id}/unshare` reverts it.',
        params: byId,
      },
    },
    async ({ principal, params }, reply) => answer(reply, await engine.write(principal.actor, (write) => shareIdentifier(write, params.id))),
  );
  app.post(
    '/identifiers/:id/unshare',
    {
      config: { access: 'supervisor', answers: { 200: identifierDetail } },
      schema: {
        tags,
        operationId: 'unshareIdentifier',
        summary: 'Remove the mark of a shared identifier: it identifies the lead that had it, and the merges that the mark undid are repeated',
        params: byId,
      },
    },
    async ({ principal, params }, reply) => answer(reply, await engine.write(principal.actor, (write) => unshareIdentifier(write, params.id))),
  );
  app.post(
    '/merges/:id/undo',
    {
      config: { access: 'supervisor', answers: { 200: merge } },
      schema: { tags, operationId: 'undoMerge', summary: 'Undo a merge', params: byId },
    },
    async ({ principal, params }, reply) => answer(reply, await engine.write(principal.actor, (write) => undoMerge(write, params.id))),
  );
  app.get(
    '/suggested-merges',
    {
      config: { access: 'viewer', answers: { 200: page(suggestedMerge) } },
      schema: {
        tags,
        operationId: 'listSuggestedMerges',
        summary: "Suggested merges, based only on another source's data and not yet decided, newest first",
        description: 'Merges are only suggested while the workspace setting `merges_across_sources` is `ask`.',
        querystring: suggestedMergeQuery,
      },
    },
    ({ query }, reply) => answer(reply, suggestedMerges(engine.read, query)),
  );
  app.post(
    '/suggested-merges/:id/accept',
    {
      config: { access: 'supervisor', answers: { 200: merge } },
      schema: { tags, operationId: 'acceptSuggestedMerge', summary: 'Merge the two leads; `POST /merges/{id}/undo` undoes it', params: byId },
    },
    async ({ principal, params }, reply) => answer(reply, await engine.write(principal.actor, (write) => acceptSuggestedMerge(write, params.id))),
  );
  app.post(
    '/suggested-merges/:id/dismiss',
    {
      config: { access: 'supervisor', answers: { 200: suggestedMerge } },
      schema: {
        tags,
        operationId: 'dismissSuggestedMerge',
        summary: 'Dismiss a suggestion; the two leads are not suggested again',
        description: 'This can be undone in the console.',
        params: byId,
      },
    },
    async ({ principal, params }, reply) => answer(reply, await engine.write(principal.actor, (write) => dismissSuggestedMerge(write, params.id))),
  );
}
