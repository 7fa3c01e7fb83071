/** What an event contains besides its kind. Fields that do not apply to a kind are absent. */
import { z } from 'zod';
import { id, inactiveReason } from './entities.ts';

export const eventDetails = z.object({
  contact_id: id.nullish(),
  source_id: id.optional(),
  operator_id: id.optional(),
  lead_id: id.optional(),
  message_id: id.optional(),
  merge_id: id.optional(),
  survivor_id: id.optional(),
  merged_id: id.optional(),
  suggested_merge_id: id.optional(),
  refused_contact_id: id.optional(),
  count: z.int().optional(),
  schedule_id: id.optional(),
  work_schedule_id: id.optional(),
  weight: z.int().nullish(),
  is_active: z.boolean().optional(),
  inactive_reason: inactiveReason.nullish(),
  max_load: z.int().optional(),
  is_archived: z.boolean().optional(),
  is_by_rule: z.boolean().optional(),
  lost_from: z.iso.datetime({ precision: 3 }).optional(),
  lost_until: z.iso.datetime({ precision: 3 }).optional(),
});
export type EventDetails = z.infer<typeof eventDetails>;
