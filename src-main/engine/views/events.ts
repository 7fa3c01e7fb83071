/** The journal as a public stream of events. */
import type { Effect } from '#shared/board.ts';
import type { DeskEvent } from '#shared/contract/events.ts';
import { unreachable } from '#shared/unreachable.ts';
import { journalAfter } from '#store/journal/journal.ts';
import { iso } from './present.ts';
import type { Read } from './queries.ts';

/**
 * Events after a revision, in order and without gaps. Always read from the journal, also right after a commit, so that an
 * event is the same whenever it is delivered.
 */
export function eventsAfter(read: Read, revision: number, limit: number): DeskEvent[] {
  return journalAfter(read.store.reading, revision, limit).map((row) => {
    const { contact_id, operator_id, source_id } = row;
    const kind = row.kind as Effect['kind']; // only Write.emit writes kinds
    return {
      revision: row.revision,
      at: iso(row.at),
      kind,
      ...(contact_id !== null && { contact_id }),
      ...(source_id !== null && { source_id }),
      ...(operator_id !== null && { operator_id }),
      ...(row.data !== null && more(kind, JSON.parse(row.data))),
    };
  });
}

/** Journal data as the use cases write it. */
interface Data {
  readonly after: unknown;
  readonly contact_id: number | null;
  readonly lead_id: number;
  readonly merge_id: number;
  readonly survivor_id: number;
  readonly merged_id: number;
  readonly suggested_merge_id: number;
  readonly refused_contact_id?: number;
  readonly count: number;
  readonly schedule_id: number;
  readonly lost_from: number;
  readonly lost_until: number;
}

/** The public details of an event: ids, numbers and flags. Names are personal data, and settings are private. */
function more(kind: Effect['kind'], data: Data): Partial<DeskEvent> {
  switch (kind) {
    case 'operator_saved': {
      const { is_active, inactive_reason, max_load, is_archived } = data.after as Required<
        Pick<DeskEvent, 'is_active' | 'inactive_reason' | 'max_load' | 'is_archived'>
      >;
      return { is_active, inactive_reason: inactive_reason ?? null, max_load, is_archived }; // early journals have no reasons
    }
    case 'source_saved':
      return { is_archived: (data.after as { is_archived: boolean }).is_archived };
    case 'competence_saved':
      return { weight: data.after as number | null };
    case 'lead_saved':
    case 'lead_erased':
      return { lead_id: data.lead_id };
    case 'leads_merged':
    case 'merge_undone':
      return { merge_id: data.merge_id, survivor_id: data.survivor_id, merged_id: data.merged_id };
    case 'merge_suggested':
    case 'suggested_merge_dismissed':
    case 'suggested_merge_reopened': {
      const { suggested_merge_id, survivor_id, merged_id, contact_id } = data;
      return { suggested_merge_id, survivor_id, merged_id, contact_id };
    }
    case 'contact_refused':
    case 'refused_contact_settled': {
      const { refused_contact_id, contact_id } = data; // journals of the first version do not record the refused contact
      return { ...(refused_contact_id !== undefined && { refused_contact_id }), ...(contact_id !== undefined && { contact_id }) };
    }
    case 'refused_contacts_folded': {
      const { refused_contact_id, count } = data;
      return { count, ...(refused_contact_id !== undefined && { refused_contact_id }) };
    }
    case 'schedule_saved':
    case 'report_exported':
      return { schedule_id: data.schedule_id };
    case 'database_restored':
      return { lost_from: iso(data.lost_from), lost_until: iso(data.lost_until) };
    case 'contact_assigned':
    case 'contact_waiting':
    case 'contact_closed':
    case 'competences_replaced':
    case 'source_keys_changed':
    case 'settings_saved':
    case 'preset_saved':
      return {};
    default:
      return unreachable(kind);
  }
}
