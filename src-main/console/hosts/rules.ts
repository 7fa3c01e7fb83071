import type { HostParts } from '#console/parts.ts';
import { ruleOf, setLines, updateRule } from '#engine/configuration/rules.ts';
import type { HostOf } from '#shared/contract/call.ts';
import type { ruleCalls } from '#shared/contract/rules.ts';

export const ruleHost = ({ engine, write }: HostParts): HostOf<typeof ruleCalls> => ({
  rule: (_principal, { source_id }) => ruleOf(engine.read, source_id),
  updateRule: (principal, { source_id, patch }) => write(principal, (w) => updateRule(w, source_id, patch)),
  setLine: (principal, { source_id, operator_id, line }) => write(principal, (w) => setLines(w, source_id, [{ operator_id, line }])),
});
