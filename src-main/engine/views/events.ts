/** The journal as a public stream of events. */

import type { DeskEvent } from '#shared/contract/events.ts';
import type { Data } from '#shared/effects/effect.ts';
import { type Effect, effectKind } from '#shared/effects/effects.ts';
import { isContactIn, journalAfter } from '#store/journal/journal.ts';
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
      ...(row.data !== null && effectKind(kind).details?.(row.data as Data)),
    };
  });
}

/** Whether the contact has an event after a revision, of which there must be few. */
export const contactHasChanged = (read: Read, contact_id: number, revision: number): boolean => isContactIn(read.store.reading, contact_id, revision);
