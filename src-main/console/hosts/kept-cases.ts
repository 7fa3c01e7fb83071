import type { HostParts } from '#console/parts.ts';
import { keepCase, removeCase } from '#engine/configuration/kept-cases.ts';
import type { HostOf } from '#shared/contract/call.ts';
import type { keptCaseCalls } from '#shared/contract/kept-cases.ts';

export const keptCaseHost = ({ write }: HostParts): HostOf<typeof keptCaseCalls> => ({
  keepCase: (principal, { id, content }) => write(principal, (w) => keepCase(w, id, content)),
  removeCase: (principal, { id }) => write(principal, (w) => removeCase(w, id)),
});
