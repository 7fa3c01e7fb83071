/** The events of `GET /events`: that something changed, and its ids. Readers fetch the details; no event contains personal data. */
import { z } from 'zod';
import type { Effect } from '../board.ts';
import { id, inactiveReason } from './entities.ts';

/** What each kind of change means, for the documentation. */
export const eventKinds = {
  contact_assigned: 'A contact was given to `operator_id`: a new one, one that waited, or one that was moved.',
  contact_waiting: 'A contact waits: a new one, or one that was put back.',
  contact_closed: 'A contact was closed; `operator_id` is who held it.',
  contact_refused: 'What a bot handed in was refused and kept for the supervisor.',
  refused_contact_settled: 'A refused contact was dismissed, or became `contact_id`.',
  refused_contacts_folded:
    'A source had too many refused contacts: its `count` oldest, up to `refused_contact_id`, were settled, and are only counted from now on.',
  lead_saved: 'A lead was made or completed without a contact.',
  leads_merged: 'Lead `merged_id` turned out to be lead `survivor_id`.',
  merge_undone: 'A merge was taken back.',
  merge_suggested: 'Leads `survivor_id` and `merged_id` seem to be one, as data of another source says; a person decides.',
  suggested_merge_dismissed: 'A person said that the two are not one.',
  suggested_merge_reopened: 'A person took that back: a person decides again.',
  lead_erased: 'All that said who a lead was is erased; its contacts stay, without words.',
  operator_saved: 'An operator was added, changed or archived.',
  source_saved: 'A source was added, changed or archived.',
  source_keys_changed: 'A source got a key, or one was revoked.',
  competence_saved: "An operator's weight for a source was set; null: removed.",
  competences_replaced: 'All weights of a source were set.',
  settings_saved: 'Settings of the workspace were changed.',
  preset_saved: 'A preset was saved, renamed or removed.',
  schedule_saved: 'A scheduled report was added, removed, or got another next time.',
  report_exported: 'A scheduled report was written, or could not be.',
  database_restored: 'A backup was put in the place of the database: what came in from `lost_from` to `lost_until` is gone.',
} as const satisfies Record<Effect['kind'], string>;

/** Not a change: tells a reader that resumes from beyond the latest change that revisions went back, so it must fetch what it needs again. */
export const RESET = 'reset';

/** The kinds that a source key receives, described for its own source. */
export const eventKindsOfSources = ['contact_assigned', 'contact_waiting', 'contact_closed'] as const satisfies Effect['kind'][];

const kinds = Object.keys(eventKinds) as [Effect['kind'], ...Effect['kind'][]]; // Object.keys forgets the key type

/** Fields that do not apply to a kind are absent. */
export const deskEvent = z.object({
  revision: z.int().min(1).meta({ description: 'Number of the change, without gaps; also the id of the event' }),
  at: z.iso.datetime({ precision: 3 }),
  kind: z.enum(kinds).meta({ description: 'Also the name of the event' }),
  contact_id: id.nullish(),
  source_id: id.optional(),
  operator_id: id.optional(),
  lead_id: id.optional(),
  merge_id: id.optional(),
  survivor_id: id.optional(),
  merged_id: id.optional(),
  suggested_merge_id: id.optional(),
  refused_contact_id: id.optional(),
  count: z.int().optional(),
  schedule_id: id.optional(),
  weight: z.int().nullish(),
  is_active: z.boolean().optional(),
  inactive_reason: inactiveReason.nullish(),
  max_load: z.int().optional(),
  is_archived: z.boolean().optional(),
  lost_from: z.iso.datetime({ precision: 3 }).optional(),
  lost_until: z.iso.datetime({ precision: 3 }).optional(),
});
export type DeskEvent = z.infer<typeof deskEvent>;
