/**
 * The live board: what every console shows, and what the engine decides from. The host and every console keep a copy
 * and advance it with the same reducer: board at revision n, change n+1 → board at revision n+1.
 * Times are epoch milliseconds. Pure; runs anywhere.
 */
import type { DecisionKind, InactiveReason } from './contract/entities.ts';
import { defaultSettings, type Settings } from './contract/settings.ts';
import type { Candidate, WaitingReason } from './distribution/table.ts';
import { unreachable } from './unreachable.ts';

/** How many of the latest decisions the board keeps, newest first. */
export const RECENT_SIZE = 50;
/** How many waiting contacts the board keeps, oldest first. */
export const QUEUE_HEAD_SIZE = 100;

export interface BoardOperator {
  readonly id: number;
  readonly name: string;
  readonly is_active: boolean;
  readonly max_load: number;
  readonly is_archived: boolean;
  /** why it is not active, if a reason was given; null while it is active */
  readonly inactive_reason: InactiveReason | null;
  /** when `is_active` or `inactive_reason` last changed */
  readonly active_changed_at: number;
  /** contacts with status `assigned` */
  readonly load: number;
  /** assignments on the day `assigned_on` (`2026-11-22`, in the workspace's time zone); meaningless on other days */
  readonly assigned_count: number;
  readonly assigned_on: string | null;
  readonly last_assigned_at: number | null;
}

export interface BoardSource {
  readonly id: number;
  readonly name: string;
  readonly is_archived: boolean;
  /** its external ids are a space of their own; absent: they share one with all such sources */
  readonly has_own_ids?: true;
}

/** A lead as shown in a row: its name, and the first of phone, external_id, email that it has; '' if it was erased. */
export interface LeadBrief {
  readonly id: number;
  readonly name: string | null;
  readonly handle: string;
}

export interface WaitingContact {
  readonly contact_id: number;
  readonly source_id: number;
  readonly created_at: number;
  readonly lead: LeadBrief;
}

/** One decision, as shown in the list of the last assignments. */
export interface RecentDecision {
  readonly id: number;
  readonly contact_id: number;
  readonly source_id: number;
  readonly at: number;
  readonly kind: DecisionKind;
  readonly lead: LeadBrief;
  /** null: the contact is waiting, because of `waiting_reason` */
  readonly operator_id: number | null;
  readonly waiting_reason: WaitingReason | null;
  /** of the chosen operator, if there was a draw: the probability is weight / sum */
  readonly weight: number | null;
  readonly sum: number | null;
}

export interface Board {
  readonly revision: number;
  /** Archived ones stay, so that history can be read. Keys are ids, which JavaScript iterates in ascending order. */
  readonly operators: Readonly<Record<number, BoardOperator>>;
  readonly sources: Readonly<Record<number, BoardSource>>;
  /** weights[source_id][operator_id] */
  readonly weights: Readonly<Record<number, Readonly<Record<number, number>>>>;
  /** number of waiting contacts by source; sources without any are absent */
  readonly waiting: Readonly<Record<number, number>>;
  /** the oldest QUEUE_HEAD_SIZE waiting contacts, by id */
  readonly queue: readonly WaitingContact[];
  readonly recent: readonly RecentDecision[];
  /** refused contacts not settled yet */
  readonly refused: number;
  /** suggested merges not decided yet */
  readonly suggested_merges: number;
  readonly settings: Settings;
}

export const emptyBoard: Board = {
  revision: 0,
  operators: {},
  sources: {},
  weights: {},
  waiting: {},
  queue: [],
  recent: [],
  refused: 0,
  suggested_merges: 0,
  settings: defaultSettings,
};

/** Where a contact was before: new, waiting, or held by that operator. */
export type From = 'intake' | 'queue' | number;

export type Effect =
  | { readonly kind: 'contact_assigned'; readonly decision: RecentDecision & { readonly operator_id: number }; readonly from: From; readonly day: string }
  | { readonly kind: 'contact_waiting'; readonly decision: RecentDecision; readonly from: From; readonly created_at: number }
  | { readonly kind: 'contact_closed'; readonly contact_id: number; readonly source_id: number; readonly from: From }
  | {
      readonly kind: 'operator_saved';
      readonly operator: Pick<BoardOperator, 'id' | 'name' | 'is_active' | 'inactive_reason' | 'max_load' | 'is_archived' | 'active_changed_at'>;
    }
  | { readonly kind: 'source_saved'; readonly source: BoardSource }
  | { readonly kind: 'competence_saved'; readonly source_id: number; readonly operator_id: number /** null: removed */; readonly weight: number | null }
  | { readonly kind: 'competences_replaced'; readonly source_id: number; readonly weights: Readonly<Record<number, number>> }
  | { readonly kind: 'lead_saved'; readonly lead: LeadBrief }
  | {
      readonly kind: 'leads_merged';
      readonly survivor: LeadBrief;
      readonly merged_id: number /** suggested merges that it fulfils */;
      readonly fulfilled?: number;
    }
  | {
      readonly kind: 'merge_undone';
      readonly survivor: LeadBrief;
      readonly restored: LeadBrief;
      readonly contact_ids: readonly number[] /** suggested merges that are open again */;
      readonly reopened?: number;
    }
  | { readonly kind: 'lead_erased'; readonly lead_id: number /** suggested merges that named it */; readonly forgotten?: number }
  | { readonly kind: 'merge_suggested'; readonly suggested_merge_id: number }
  | { readonly kind: 'suggested_merge_dismissed'; readonly suggested_merge_id: number }
  | { readonly kind: 'suggested_merge_reopened'; readonly suggested_merge_id: number }
  | { readonly kind: 'contact_refused'; readonly refused_contact_id: number }
  | { readonly kind: 'refused_contact_settled'; readonly refused_contact_id: number }
  | { readonly kind: 'refused_contacts_folded'; readonly source_id: number; readonly refused_contact_id: number /** how many */; readonly count: number }
  | { readonly kind: 'source_keys_changed'; readonly source_id: number }
  | { readonly kind: 'settings_saved'; readonly settings: Settings }
  | { readonly kind: 'preset_saved'; readonly preset_id: number }
  | { readonly kind: 'schedule_saved'; readonly schedule_id: number }
  | { readonly kind: 'report_exported'; readonly schedule_id: number }
  | { readonly kind: 'database_restored' };

/** What happened, in the form sent to every console. Revisions have no gaps and follow the order of commits. */
export type Change = Effect & {
  readonly revision: number;
  readonly at: number;
  /** waiting contacts that moved up into the part of the queue that the board keeps */
  readonly refill?: readonly WaitingContact[];
};

/** A board to which changes are being applied. Parts are copied before their first change, so the original board is not modified. */
export class Draft {
  #board: { -readonly [K in keyof Board]: Board[K] };
  readonly #own = new Set<keyof Board>();

  constructor(from: Board) {
    this.#board = { ...from };
  }

  /** The current board. The next `apply` modifies it; `finish` returns one that stays unchanged. */
  get board(): Board {
    return this.#board;
  }

  finish(): Board {
    this.#own.clear();
    return { ...this.#board };
  }

  /** @throws Error if `change` is not the next revision: the caller must fetch a snapshot */
  apply(change: Change): void {
    if (change.revision !== this.#board.revision + 1) throw new Error(`change ${change.revision} does not follow revision ${this.#board.revision}`);
    this.#board.revision = change.revision;
    this.#effect(change);
    if (change.refill) this.refill(change.refill);
  }

  /** Adds waiting contacts that move up into the part of the queue that the board keeps. */
  refill(items: readonly WaitingContact[]): void {
    for (const item of items) this.#insert(item);
  }

  #effect(change: Change): void {
    switch (change.kind) {
      case 'contact_assigned': {
        const { decision } = change;
        this.#leave(change.from, decision.contact_id, decision.source_id);
        const holder = this.#operator(decision.operator_id);
        this.#operators()[holder.id] = {
          ...holder,
          load: holder.load + 1,
          assigned_count: holder.assigned_on === change.day ? holder.assigned_count + 1 : 1,
          assigned_on: change.day,
          last_assigned_at: decision.at,
        };
        this.#remember(decision);
        return;
      }
      case 'contact_waiting': {
        const { decision } = change;
        this.#leave(change.from, decision.contact_id, decision.source_id);
        const waiting = this.#part('waiting');
        waiting[decision.source_id] = (waiting[decision.source_id] ?? 0) + 1;
        this.#enqueue({ contact_id: decision.contact_id, source_id: decision.source_id, created_at: change.created_at, lead: decision.lead });
        this.#remember(decision);
        return;
      }
      case 'contact_closed':
        this.#leave(change.from, change.contact_id, change.source_id);
        return;
      case 'operator_saved': {
        const known = this.#board.operators[change.operator.id];
        const fresh = { load: 0, assigned_count: 0, assigned_on: null, last_assigned_at: null };
        this.#operators()[change.operator.id] = { ...fresh, ...known, ...change.operator };
        return;
      }
      case 'source_saved':
        this.#part('sources')[change.source.id] = change.source;
        return;
      case 'competence_saved': {
        const { [change.operator_id]: _, ...others } = this.#board.weights[change.source_id] ?? {};
        this.#weights(change.source_id, change.weight === null ? others : { ...others, [change.operator_id]: change.weight });
        return;
      }
      case 'competences_replaced':
        this.#weights(change.source_id, change.weights);
        return;
      case 'lead_saved':
        this.#relabel((item) => (item.lead.id === change.lead.id ? change.lead : null));
        return;
      case 'leads_merged':
        this.#board.suggested_merges -= change.fulfilled ?? 0;
        this.#relabel((item) => (item.lead.id === change.merged_id || item.lead.id === change.survivor.id ? change.survivor : null));
        return;
      case 'merge_undone': {
        this.#board.suggested_merges += change.reopened ?? 0;
        const restored = new Set(change.contact_ids);
        this.#relabel((item) => (restored.has(item.contact_id) ? change.restored : item.lead.id === change.survivor.id ? change.survivor : null));
        return;
      }
      case 'lead_erased':
        this.#board.suggested_merges -= change.forgotten ?? 0;
        this.#relabel((item) => (item.lead.id === change.lead_id ? { id: change.lead_id, name: null, handle: '' } : null));
        return;
      case 'merge_suggested':
      case 'suggested_merge_reopened':
        this.#board.suggested_merges += 1;
        return;
      case 'suggested_merge_dismissed':
        this.#board.suggested_merges -= 1;
        return;
      case 'contact_refused':
        this.#board.refused += 1;
        return;
      case 'refused_contact_settled':
        this.#board.refused -= 1;
        return;
      case 'refused_contacts_folded':
        this.#board.refused -= change.count;
        return;
      case 'source_keys_changed':
      case 'preset_saved':
      case 'schedule_saved':
      case 'report_exported':
      case 'database_restored':
        return;
      case 'settings_saved':
        this.#board.settings = change.settings;
        return;
      default:
        unreachable(change);
    }
  }

  #leave(from: From, contact_id: number, source_id: number): void {
    if (from === 'intake') return;
    if (from === 'queue') {
      const waiting = this.#part('waiting');
      const left = (waiting[source_id] ?? 0) - 1;
      if (left > 0) waiting[source_id] = left;
      else delete waiting[source_id];
      if (this.#board.queue.some((item) => item.contact_id === contact_id))
        this.#board.queue = this.#board.queue.filter((item) => item.contact_id !== contact_id);
      return;
    }
    const holder = this.#operator(from);
    this.#operators()[from] = { ...holder, load: holder.load - 1 };
  }

  /** A new contact at the end is added only if all before it are on the board; otherwise a later refill adds it. */
  #enqueue(item: WaitingContact): void {
    const { queue, waiting } = this.#board;
    const last = queue.at(-1);
    const others = Object.values(waiting).reduce((sum, n) => sum + n, 0) - 1;
    if (last && item.contact_id > last.contact_id && others > queue.length) return;
    if (!last && others > 0) return;
    this.#insert(item);
  }

  #insert(item: WaitingContact): void {
    const { queue } = this.#board;
    if (queue.some((other) => other.contact_id === item.contact_id)) return;
    const at = queue.findIndex((other) => other.contact_id > item.contact_id);
    this.#board.queue = queue.toSpliced(at === -1 ? queue.length : at, 0, item).slice(0, QUEUE_HEAD_SIZE);
  }

  #remember(decision: RecentDecision): void {
    this.#relabel((item) => (item.lead.id === decision.lead.id ? decision.lead : null));
    this.#board.recent = [decision, ...this.#board.recent.slice(0, RECENT_SIZE - 1)];
  }

  /** Updates the rows of a lead to its current name and handle. */
  #relabel(labelFor: (item: WaitingContact | RecentDecision) => LeadBrief | null): void {
    const newLabel = (item: WaitingContact | RecentDecision): LeadBrief | null => {
      const lead = labelFor(item);
      return lead !== null && lead.id === item.lead.id && lead.name === item.lead.name && lead.handle === item.lead.handle ? null : lead;
    };
    const relabel = <T extends WaitingContact | RecentDecision>(items: readonly T[]): readonly T[] => {
      if (!items.some((item) => newLabel(item) !== null)) return items;
      return items.map((item) => {
        const lead = newLabel(item);
        return lead === null ? item : { ...item, lead };
      });
    };
    this.#board.queue = relabel(this.#board.queue);
    this.#board.recent = relabel(this.#board.recent);
  }

  #operator(operator_id: number): BoardOperator {
    const found = this.#board.operators[operator_id];
    if (!found) throw new Error(`operator ${operator_id} is not on the board`);
    return found;
  }

  #operators() {
    return this.#part('operators');
  }

  #weights(source_id: number, weights: Readonly<Record<number, number>>): void {
    const all = this.#part('weights');
    if (Object.keys(weights).length > 0) all[source_id] = weights;
    else delete all[source_id];
  }

  #part<K extends 'operators' | 'sources' | 'weights' | 'waiting'>(key: K): { -readonly [I in keyof Board[K]]: Board[K][I] } {
    if (!this.#own.has(key)) {
      this.#board[key] = { ...this.#board[key] };
      this.#own.add(key);
    }
    return this.#board[key];
  }
}

/** The board after these changes. @throws Error if a revision is missing */
export function advance(board: Board, changes: readonly Change[]): Board {
  const draft = new Draft(board);
  for (const change of changes) draft.apply(change);
  return draft.finish();
}

/** The distribution candidates of the source: every operator with a competence for it, by operator id. */
export function candidates(board: Board, source_id: number): Candidate[] {
  const table: Candidate[] = [];
  const weights = board.weights[source_id];
  for (const key in weights) {
    const operator = board.operators[key as unknown as number]; // a record's keys are strings; as an index they are the same
    const weight = weights[key as unknown as number];
    if (!operator || weight === undefined || operator.is_archived) continue;
    table.push({ operator_id: operator.id, weight, load: operator.load, max_load: operator.max_load, is_active: operator.is_active });
  }
  return table;
}

/** How many assignments the operator got on `day`. */
export function assignedOn(operator: BoardOperator, day: string): number {
  return operator.assigned_on === day ? operator.assigned_count : 0;
}
