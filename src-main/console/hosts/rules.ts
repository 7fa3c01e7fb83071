import type { HostParts } from '#console/parts.ts';
import { putOnLine, ruleOf, updateRule } from '#engine/configuration/rules.ts';
import { insistent } from '#reports/reader.ts';
import type { HostOf } from '#shared/contract/call.ts';
import { notFound, ok } from '#shared/contract/problems.ts';
import type { ruleCalls } from '#shared/contract/rules.ts';
import { defaultRule } from '#shared/distribution/rule.ts';

export const ruleHost = ({ engine, info, reader, write }: HostParts): HostOf<typeof ruleCalls> => ({
  rule: (_principal, { source_id }) => ruleOf(engine.read, source_id),
  async tryRule(_principal, { source_id, patch }) {
    const { sources, rules } = engine.board();
    if (!sources[source_id]) return notFound('source', source_id);
    const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
    return ok(
      await insistent(reader)('tryRule', {
        source_id,
        rule: { ...defaultRule, ...rules[source_id], ...given },
        now: engine.read.now(),
        time_zone: info().time_zone,
      }),
    );
  },
  updateRule: (principal, { source_id, patch }) => write(principal, (w) => updateRule(w, source_id, patch)),
  setLine: (principal, { competences, line }) => write(principal, (w) => putOnLine(w, competences, line)),
});
