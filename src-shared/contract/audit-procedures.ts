import { initTRPC } from '@trpc/server';
import { type AuditHost, auditQuery } from './audit.ts';

const { procedure } = initTRPC.context<{ host: AuditHost }>().create();
export const auditProcedures = {
  audit: procedure.input(auditQuery).query(({ ctx, input }) => ctx.host.audit(input)),
};
