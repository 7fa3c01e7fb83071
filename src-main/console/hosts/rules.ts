import type { HostParts } from '#console/parts.ts';
import { putOnLine, ruleOf, updateRule } from '#engine/configuration/rules.ts';
import type { HostOf } from '#shared/contract/call.ts';
import type { ruleCalls } from '#shared/contract/rules.ts';

export const ruleHost = ({ engine, write }: HostParts): HostOf<typeof ruleCalls> => ({
  rule: (_principal, { source_id }) => ruleOf(engine.read, source_id),
  updateRule: (principal, { source_id, patch }) => write(principal, (w) => updateRule(w, source_id, patch)),
  setLine: (principal, { competences, line }) => write(principal, (w) => putOnLine(w, competences, line)),
});
