/** What operators see on their own page, as of the last commit. */
import { personNameOf } from '#engine/configuration/people.ts';
import type { Engine } from '#engine/core/engine.ts';
import { assignedOn } from '#shared/board.ts';
import { OWN_CONTACTS_MAX, type OwnContact, type OwnDesk, type OwnFigures, type OwnPage } from '#shared/contract/own-page.ts';
import { type Principal, personOf } from '#shared/contract/principal.ts';
import { notFound, ok, type Result } from '#shared/contract/problems.ts';
import type { Change } from '#shared/effects/effects.ts';
import { contactById, heldContactIds } from '#store/tables/contacts.ts';
import { leadOf, presentContact } from './present.ts';
import { operator, type Read, surroundings } from './queries.ts';

/** The operator that a principal is. @throws Error if it is none, which `may` has ruled out */
export function ownId({ operator_id }: Pick<Principal, 'operator_id'>): number {
  if (operator_id === null) throw new Error('the principal is no operator');
  return operator_id;
}

/** What the operator holds. Error: `not_found`. */
export function ownDesk(read: Read, operator_id: number): Result<OwnDesk> {
  const own = operator(read, operator_id);
  if (!own.ok) return own;
  const { sources } = read.board();
  const db = read.store.reading;
  const around = surroundings(read, null);
  const held = heldContactIds(db, operator_id);
  const contacts = held.slice(0, OWN_CONTACTS_MAX).flatMap(({ contact_id, source_id }): OwnContact[] => {
    const row = contactById(db, contact_id);
    const source = { id: source_id, name: sources[source_id]?.name ?? '' };
    return row ? [{ ...presentContact(row, leadOf(db, row.lead_id), around), source }] : [];
  });
  return ok({ operator: own.value, contacts, held: held.length });
}

/** The operator's part in what was assigned today. */
export async function ownFigures(engine: Pick<Engine, 'read' | 'today'>, operator_id: number): Promise<OwnFigures> {
  const { day, draws, operators } = await engine.today.figures(0);
  const { drawn = 0, expected = 0, variance = 0 } = operators.find((one) => one.operator_id === operator_id) ?? {};
  const own = engine.read.board().operators[operator_id];
  return { day, assigned: own ? assignedOn(own, day) : 0, draws, drawn, expected, spread: 2 * Math.sqrt(variance) };
}

/** The whole page. Error: `not_found`. */
export async function ownPage(engine: Pick<Engine, 'read' | 'today'>, principal: Principal): Promise<Result<OwnPage>> {
  const today = await ownFigures(engine, ownId(principal));
  const person_id = personOf(principal.actor);
  const desk = ownDesk(engine.read, ownId(principal));
  if (!desk.ok) return desk;
  if (person_id === null) return notFound('person', principal.actor);
  return ok({ id: person_id, name: personNameOf(engine.read, principal.actor) ?? '', ...desk.value, today });
}

/** Calls back after each commit that changed what the operator's page shows, until the returned function is called. */
export function watchOwnDesk(engine: Pick<Engine, 'board' | 'watch'>, operator_id: number, listener: () => void): () => void {
  let before = engine.board();
  return engine.watch((changes) => {
    const board = engine.board();
    const isOther = changes.length === 0 || board.operators[operator_id] !== before.operators[operator_id] || board.sources !== before.sources;
    before = board;
    if (isOther || changes.some((change) => isAboutContent(change, operator_id))) listener();
  });
}

/** Changes of what contacts say. Changes of leads are rare, so it does not matter whose they are. */
const isAboutContent = (change: Change, operator_id: number): boolean =>
  change.kind === 'message_added'
    ? change.operator_id === operator_id
    : 'lead' in change || change.kind === 'leads_merged' || change.kind === 'merge_undone' || change.kind === 'lead_erased';
