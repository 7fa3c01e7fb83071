import type { HostParts } from '#console/parts.ts';
import { importOperators } from '#engine/configuration/import-operators.ts';
import { heldContacts, leaveOperator } from '#engine/configuration/leave.ts';
import { archiveOperator, createOperator, restoreOperator, updateOperator } from '#engine/configuration/operators.ts';
import { changeOperators } from '#engine/configuration/several-operators.ts';
import type { HostOf } from '#shared/contract/call.ts';
import type { operatorCalls } from '#shared/contract/operators.ts';

export const operatorHost = ({ engine, write }: HostParts): HostOf<typeof operatorCalls> => ({
  createOperator: (principal, input) => write(principal, (w) => createOperator(w, input)),
  updateOperator: (principal, { id, patch }) => write(principal, (w) => updateOperator(w, id, patch)),
  archiveOperator: (principal, { id }) => write(principal, (w) => archiveOperator(w, id)),
  restoreOperator: (principal, { id }) => write(principal, (w) => restoreOperator(w, id)),
  heldContacts: (_principal, { ids }) => heldContacts(engine.read, ids),
  leaveOperator: (principal, input) => write(principal, (w) => leaveOperator(w, input)),
  changeOperators: (principal, input) => write(principal, (w) => changeOperators(w, input)),
  importOperators: (principal, { rows }) => write(principal, (w) => importOperators(w, rows)),
});
