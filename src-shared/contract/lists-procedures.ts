/** Console calls that query long lists and act on their rows. */
import { initTRPC } from '@trpc/server';
import { z } from 'zod';
import { id } from './entities.ts';
import { contactListQuery, contactsFile, findInput, type ListsHost, leadListQuery } from './lists.ts';
import { closeContactsInput, type MoveContactsHost, moveContactsInput } from './move-contacts.ts';
import type { PersonalDataHost } from './personal-data.ts';

const { procedure } = initTRPC.context<{ host: ListsHost & MoveContactsHost & PersonalDataHost }>().create();
const byId = z.object({ id });

export const listProcedures = {
  listContacts: procedure.input(contactListQuery).query(({ ctx, input }) => ctx.host.listContacts(input)),
  listLeads: procedure.input(leadListQuery).query(({ ctx, input }) => ctx.host.listLeads(input)),
  find: procedure.input(findInput).query(({ ctx, input }) => ctx.host.find(input.text, input.limit)),
  exportContacts: procedure.input(contactsFile).mutation(({ ctx, input }) => ctx.host.exportContacts(input)),
  moveContacts: procedure.input(moveContactsInput).mutation(({ ctx, input }) => ctx.host.moveContacts(input.moves)),
  closeContacts: procedure.input(closeContactsInput).mutation(({ ctx, input }) => ctx.host.closeContacts(input.contact_ids)),
  exportLead: procedure.input(byId).query(({ ctx, input }) => ctx.host.exportLead(input.id)),
  eraseLead: procedure.input(byId).mutation(({ ctx, input }) => ctx.host.eraseLead(input.id)),
};
