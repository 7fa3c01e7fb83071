/**
 * Saving up: an operator never gets enough room for a contact that takes several slots while smaller contacts take each slot that is freed. So an
 * operator is saved for the contact that is next in turn at its source, once it has waited longer than its target and nobody has room for it: contacts
 * that come after it in turn pass over that operator. It is the reservation of EASY backfilling (D. Lifka, "The ANL/IBM SP scheduling system", JSSPP
 * 1995), for one contact of each source. Nothing is stored: who is saved follows from what waits, the loads and the time.
 */
import { type Candidate, passedOver } from '#shared/distribution/table.ts';
import { isBefore, overtakesAt, type Turn } from '#shared/distribution/turn.ts';
import { returnedWaiting } from '#store/tables/contacts.ts';
import { hasCosts } from '#store/tables/rules.ts';
import { arranged, type ContactLook, costOf, fitsSomewhere, NOBODY_SAVED, type Savings, savingOnly, turnOf, type Waits } from './contact-table.ts';
import { WaitingHeads } from './waiting-heads.ts';

/** @param waitingAt the first contact of each class that waits at a source, and those that were put back into its queue */
export function savingsOf(look: ContactLook, waitingAt: (source_id: number) => Iterable<Waits>): Savings {
  const first = Object.keys(look.board.waiting).flatMap((key) => firstInTurn(look, waitingAt(Number(key))) ?? []);
  const overdue = first.filter(({ contact, turn }) => costOf(look, contact.class_id) > 1 && turn.waited > 1000 * turn.target);
  const saved = new Map<number, Turn>();
  const among = savingOnly(look, saved);
  for (const { contact, turn } of overdue.sort((a, b) => (isBefore(a.turn, b.turn) ? -1 : 1))) {
    const its = arranged(among, contact);
    const best = fitsSomewhere(its) ? null : withMostRoom(its.table);
    if (best !== null) saved.set(best, turn);
  }
  return saved;
}

/** As of the last commit. */
export function savingsIn(look: ContactLook): Savings {
  if (!hasCosts(look.tx)) return NOBODY_SAVED;
  const heads = new WaitingHeads();
  return savingsOf(look, (source_id) => [...heads.of(look.tx, source_id).values(), ...returnedWaiting(look.tx, source_id)]);
}

/** The next moment at which a waiting contact comes before one for which an operator is saved, in epoch milliseconds; null: never. */
export function nextOvertaking(look: ContactLook, savings: Savings, waiting: Iterable<Waits>): number | null {
  let next: number | null = null;
  for (const contact of waiting) {
    const turn = turnOf(look, contact);
    for (const other of savings.values()) {
      const at = isBefore(turn, other) ? null : overtakesAt(turn, other, look.now);
      if (at !== null && (next === null || at < next)) next = at;
    }
  }
  return next;
}

function firstInTurn(look: ContactLook, waiting: Iterable<Waits>): { readonly contact: Waits; readonly turn: Turn } | null {
  let first: { contact: Waits; turn: Turn } | null = null;
  for (const contact of waiting) {
    const turn = turnOf(look, contact);
    if (first === null || isBefore(turn, first.turn)) first = { contact, turn };
  }
  return first;
}

/** Of the operators whom only their load keeps from taking the contact, the one with the most free slots; of several the first. Null: none. */
function withMostRoom(table: readonly Candidate[]): number | null {
  let best: Candidate | null = null;
  for (const candidate of table) {
    const { max_load, load, cost = 1, barred } = candidate;
    if (barred !== undefined || passedOver(candidate) !== 'full' || cost > max_load) continue;
    if (best === null || max_load - load > best.max_load - best.load) best = candidate;
  }
  return best?.operator_id ?? null;
}
