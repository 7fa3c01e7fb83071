import {
  type Asks,
  type BoardOperator,
  type Draft,
  type LeadBrief,
  RECENT_SIZE,
  type RecentDecision,
  type Unaccepted,
  type WaitingContact,
  type WaitingPast,
} from '../board.ts';
import { effect } from './effect.ts';

/** Where a contact was before: new, waiting, closed by its source's rule, or held by that operator. */
export type From = 'intake' | 'queue' | 'closed' | number;

/** How much of its holder's limit the contact takes; absent: 1. */
export interface Costs {
  readonly cost?: number;
}

type Moved = { readonly from: From };
type Note = (operator_id: number) => void;

const noteHolder = ({ from }: Moved, note: Note): void => {
  if (typeof from === 'number') note(from);
};
const subject = ({ decision: { contact_id, operator_id, source_id } }: { readonly decision: RecentDecision }) => ({ contact_id, operator_id, source_id });

export const contactEffects = {
  contact_assigned: effect<
    {
      readonly decision: RecentDecision & { readonly operator_id: number };
      readonly from: From;
      readonly day: string;
      /** absent: the operator need not accept it */
      readonly accept_by?: number;
    } & Costs
  >()({
    event: 'A new, waiting or moved contact was assigned to `operator_id`.',
    apply(draft, { decision, from, day, accept_by, cost = 1 }) {
      leave(draft, from, decision.contact_id, decision.source_id, cost);
      const holder = draft.operator(decision.operator_id);
      draft.part('operators')[holder.id] = {
        ...holder,
        load: holder.load + cost,
        held: holder.held + 1,
        assigned_count: holder.assigned_on === day ? holder.assigned_count + 1 : 1,
        assigned_on: day,
        last_assigned_at: decision.at,
        latest_decision: decision.id,
        ...(accept_by !== undefined && { unaccepted: withOne(holder, { contact_id: decision.contact_id, assigned_at: decision.at, accept_by }) }),
      };
      remember(draft, decision, cost);
    },
    thing: null, // moved back as capacity allows
    subject,
    opens: noteHolder,
    loads(effect, note) {
      note(effect.decision.operator_id);
      noteHolder(effect, note);
    },
    queuesAgain: ({ from }) => from === 'queue',
  }),
  contact_waiting: effect<
    {
      readonly decision: RecentDecision;
      readonly from: From;
      readonly created_at: number;
      readonly asks?: Asks;
      /** absent: it was never assigned */
      readonly past?: WaitingPast;
    } & Costs
  >()({
    event: 'A new contact, or one that was returned to the queue, is waiting.',
    apply(draft, { decision, from, created_at, cost = 1, asks, past }) {
      const { contact_id, source_id, lead } = decision;
      leave(draft, from, contact_id, source_id, cost);
      const waiting = draft.part('waiting');
      waiting[source_id] = (waiting[source_id] ?? 0) + 1;
      const its = { ...(past && { past }), ...(cost !== 1 && { cost }), ...(asks && { asks }) };
      enqueue(draft, { contact_id, source_id, created_at, lead, ...its });
      remember(draft, decision, cost);
    },
    thing: null,
    subject,
    opens({ from, decision }, note, board) {
      if (from === 'intake') return;
      if (typeof from === 'number') note(from);
      for (const id in board.weights[decision.source_id]) note(Number(id)); // other operators than its holder may take it
    },
    loads: noteHolder,
    queuesAgain: ({ from }) => from !== 'intake',
  }),
  contact_accepted: effect<{ readonly contact_id: number; readonly source_id: number; readonly operator_id: number }>()({
    event: 'A contact was accepted by `operator_id`, who holds it.',
    apply: (draft, { operator_id, contact_id }) => accept(draft, operator_id, contact_id),
    subject: ({ contact_id, source_id, operator_id }) => ({ contact_id, source_id, operator_id }),
  }),
  desk_was_away: effect<Away>()({
    event: 'The desk was not up, or its clock was set: what operators must accept is due later by as much.',
    apply(draft, away) {
      for (const holder of Object.values(draft.board.operators))
        if (holder.unaccepted) draft.part('operators')[holder.id] = { ...holder, unaccepted: holder.unaccepted.map((one) => shifted(one, away)) };
    },
  }),
  message_added: effect<{
    readonly message_id: number;
    readonly contact_id: number;
    readonly source_id: number;
    /** who holds the contact; null: nobody, it waits */
    readonly operator_id: number | null;
    readonly lead: LeadBrief;
  }>()({
    event: 'A further message of a lead was added to its open contact, as `repeat: join` says; `operator_id` is the operator who holds it.',
    apply: (draft, { lead }) => draft.relabel((item) => (item.lead.id === lead.id ? lead : null)),
    subject: ({ contact_id, source_id, operator_id }) => ({ contact_id, source_id, operator_id }),
    details: ({ lead_id, message_id }) => ({ lead_id, message_id }),
  }),
  contact_closed: effect<
    {
      readonly contact_id: number;
      readonly source_id: number;
      readonly from: From;
      /** the rule of its source closed it; absent: somebody did */
      readonly decision?: RecentDecision;
    } & Costs
  >()({
    event: 'A contact was closed, by the rule of its source if `is_by_rule`; `operator_id` is the operator who held it.',
    topic: 'contacts',
    apply(draft, { from, contact_id, source_id, decision, cost = 1 }) {
      leave(draft, from, contact_id, source_id, cost);
      if (decision) remember(draft, decision, cost);
    },
    thing: null, // opened again as capacity allows
    details: () => ({ is_by_rule: true }), // only then it has data
    subject: ({ contact_id, from, source_id }) => ({ contact_id, source_id, ...(typeof from === 'number' && { operator_id: from }) }),
    opens: noteHolder,
    loads: noteHolder,
    queuesAgain: ({ from }) => from === 'queue',
  }),
};

/** Takes a contact from where it was. */
function leave(draft: Draft, from: From, contact_id: number, source_id: number, cost: number): void {
  if (from === 'intake' || from === 'closed') return;
  if (from === 'queue') {
    const waiting = draft.part('waiting');
    const left = (waiting[source_id] ?? 0) - 1;
    if (left > 0) waiting[source_id] = left;
    else delete waiting[source_id];
    const { queue } = draft.board;
    if (queue.some((item) => item.contact_id === contact_id))
      draft.put(
        'queue',
        queue.filter((item) => item.contact_id !== contact_id),
      );
    return;
  }
  accept(draft, from, contact_id);
  const holder = draft.operator(from);
  draft.part('operators')[from] = { ...holder, load: holder.load - cost, held: holder.held - 1 };
}

const withOne = ({ unaccepted = [] }: BoardOperator, one: Unaccepted): readonly Unaccepted[] =>
  [...unaccepted, one].sort((a, b) => a.contact_id - b.contact_id);

/** The operator need not accept the contact any more. */
function accept(draft: Draft, operator_id: number, contact_id: number): void {
  const { unaccepted, ...holder } = draft.operator(operator_id);
  if (!unaccepted) return;
  const left = unaccepted.filter((one) => one.contact_id !== contact_id);
  draft.part('operators')[operator_id] = left.length > 0 ? { ...holder, unaccepted: left } : holder;
}

/** From when to when the desk was not up; `to` is earlier where the clock was set back. Epoch milliseconds. */
export interface Away {
  readonly from: number;
  readonly to: number;
}

/** The same contact, due later by the time for which the desk was not up. As `shiftDeadlines` does in the database. */
function shifted(one: Unaccepted, { from, to }: Away): Unaccepted {
  const by = to < from ? to - from : Math.max(0, to - Math.max(from, one.assigned_at));
  return { ...one, accept_by: one.accept_by + by };
}

/** A new contact at the end is added only if all before it are on the board; otherwise a later refill adds it. */
function enqueue(draft: Draft, item: WaitingContact): void {
  const { queue, waiting } = draft.board;
  const last = queue.at(-1);
  const others = Object.values(waiting).reduce((sum, n) => sum + n, 0) - 1;
  if (last && item.contact_id > last.contact_id && others > queue.length) return;
  if (!last && others > 0) return;
  draft.insert(item);
}

function remember(draft: Draft, decision: RecentDecision, cost: number): void {
  draft.relabel((item) => (item.lead.id === decision.lead.id ? decision.lead : null));
  draft.put('recent', [cost === 1 ? decision : { ...decision, cost }, ...draft.board.recent.slice(0, RECENT_SIZE - 1)]);
}
