/** A dry run: who would get a contact now. */
import { z } from 'zod';
import { contactBody, contactInput, decision, id } from './entities.ts';

const { source_id: _, ...fields } = contactInput.shape;
/** A contact, which may also be nobody in particular: without an identifier it is one of a new lead. */
export const choiceInput = z.object(fields);

const { source_id: __, ...documented } = contactBody.shape;
export const choiceBody = z.object(documented);

const { source_id, at, rule_version, strategy, owner_id, cost, waiting_reason, operator, table } = decision.shape;
export const choice = z.object({
  source_id,
  at,
  rule_version: rule_version.meta({ description: "Of the source's rule; null: the default rule" }),
  strategy,
  lead_id: id
    .nullable()
    .meta({ description: 'The lead that the identifiers denote; null: a new one. A source key is answered a lead of which it gave one of them' }),
  joins_contact_id: id
    .nullable()
    .meta({ description: 'The open contact to which it would be added as a message (`repeat` of the rule); then nobody would be chosen' }),
  owner_id: owner_id.meta({ description: "The lead's own operator, where the rule asks for one; for a source key only one who had an earlier contact of it" }),
  tags: z.array(z.string()).meta({ description: 'The tags that it asks for' }),
  cost,
  target_seconds: z.int().meta({ description: 'Within how many seconds it is to be assigned' }),
  operator: operator.meta({ description: 'Who would get it; null: it would wait, or it would be drawn for among several' }),
  line: decision.shape.line.meta({ description: 'The line on which it would be taken; null: on none' }),
  waiting_reason,
  next_at: decision.shape.next_at.meta({ description: 'If it would wait: when it may be assigned without anybody doing anything; null: never' }),
  table: table.nullable().meta({ description: 'All operators with a competence for the source, by operator id; null for a source key' }),
  warnings: z.array(z.string()).meta({ description: 'What could not be taken as it was sent' }),
});
export type Choice = z.infer<typeof choice>;
