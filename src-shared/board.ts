/**
 * The live board: what every console shows, and what the engine decides from. The host and every console keep a copy
 * and advance it by the same effects (`effects/`): board at revision n, change n+1 → board at revision n+1.
 * Times are epoch milliseconds. Pure; runs anywhere.
 */
import type { DecisionKind, InactiveReason, ReturnCause } from './contract/entities.ts';
import type { Actor } from './contract/principal.ts';
import { defaultSettings, type Settings } from './contract/settings.ts';
import type { KeptCase } from './distribution/kept-case.ts';
import type { Rule } from './distribution/rule.ts';
import type { Candidate, WaitingReason } from './distribution/table.ts';
import type { OperatorHours, OwnShift } from './operator-hours.ts';
import type { Schedule } from './schedule.ts';

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
  /** sum of the costs of the contacts with status `assigned` */
  readonly load: number;
  /** number of contacts with status `assigned` */
  readonly held: number;
  /** assignments on the day `assigned_on` (`2026-11-22`, in the workspace's time zone); meaningless on other days */
  readonly assigned_count: number;
  readonly assigned_on: string | null;
  readonly last_assigned_at: number | null;
  /** id of the decision of the latest assignment */
  readonly latest_decision: number | null;
  readonly tags: readonly string[];
  /** who switched it on or off last; absent: nobody yet */
  readonly switched_by?: Actor;
  /** how it keeps a schedule; absent: as without any */
  readonly hours?: OperatorHours;
  /** what it does on single dates instead of what the schedule says; absent: nothing */
  readonly shifts?: Readonly<Record<string, OwnShift>>;
  /** the contacts that it holds and must still accept, by id; absent: none */
  readonly unaccepted?: readonly Unaccepted[];
}

/** A contact that its operator must still accept. */
export interface Unaccepted {
  readonly contact_id: number;
  readonly assigned_at: number;
  readonly accept_by: number;
}

/** The rule of a source, if it is not the default one. */
export interface BoardRule extends Rule {
  readonly id: number;
  readonly version: number;
}

export interface BoardSource {
  readonly id: number;
  readonly name: string;
  readonly is_archived: boolean;
  /** it has a separate space of external ids; absent: it shares one with all other such sources */
  readonly has_own_ids?: true;
}

/** A lead as shown in a row: its name, and the first of phone, external_id, email that it has; '' if it was erased. */
export interface LeadBrief {
  readonly id: number;
  readonly name: string | null;
  readonly handle: string;
}

/** What a contact asks for, fixed when it came. */
export interface Asks {
  /** values of the attributes that the rule named, by which it asks for tags */
  readonly needs?: Readonly<Record<string, string>>;
  /** the lead's own operator */
  readonly owner_id?: number;
}

/** Operators that a waiting contact was assigned to, and those of them who let it go. */
export interface WaitingPast {
  readonly had: readonly number[];
  readonly let_go: readonly number[];
  /** the last of them, and when, if that one did not accept or declined it */
  readonly last?: { readonly operator_id: number; readonly at: number };
}

export interface WaitingContact {
  readonly contact_id: number;
  readonly source_id: number;
  readonly created_at: number;
  /** it was returned to the queue; absent: it was never assigned */
  readonly past?: WaitingPast;
  /** how much of a limit it takes; absent: 1 */
  readonly cost?: number;
  /** absent: nothing and nobody in particular */
  readonly asks?: Asks;
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
  /** of a contact that was returned to the queue: why */
  readonly cause?: ReturnCause;
  /** of the chosen operator, if there was a draw: the probability is weight / sum */
  readonly weight: number | null;
  readonly sum: number | null;
  /** how much of a limit the contact takes; absent: 1 */
  readonly cost?: number;
}

export interface Board {
  readonly revision: number;
  /** Archived ones stay, so that history can be read. Keys are ids, which JavaScript iterates in ascending order. */
  readonly operators: Readonly<Record<number, BoardOperator>>;
  readonly sources: Readonly<Record<number, BoardSource>>;
  /** weights[source_id][operator_id] */
  readonly weights: Readonly<Record<number, Readonly<Record<number, number>>>>;
  /** by source; sources with the default rule are absent */
  readonly rules: Readonly<Record<number, BoardRule>>;
  /** kept cases by id */
  readonly cases: Readonly<Record<number, KeptCase>>;
  /** schedules by id */
  readonly schedules: Readonly<Record<number, Schedule>>;
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
  rules: {},
  cases: {},
  schedules: {},
  waiting: {},
  queue: [],
  recent: [],
  refused: 0,
  suggested_merges: 0,
  settings: defaultSettings,
};

/** A board that is being changed. Parts are copied before their first change, so the original board is not modified. */
export class Draft {
  #board: { -readonly [K in keyof Board]: Board[K] };
  readonly #own = new Set<keyof Board>();

  constructor(from: Board) {
    this.#board = { ...from };
  }

  /** The current board. The next change modifies it; `finish` returns one that stays unchanged. */
  get board(): Board {
    return this.#board;
  }

  finish(): Board {
    this.#own.clear();
    return { ...this.#board };
  }

  put<K extends keyof Board>(key: K, value: Board[K]): void {
    this.#board[key] = value;
  }

  /** A part whose entries may be set and deleted. */
  part<K extends 'operators' | 'sources' | 'weights' | 'rules' | 'cases' | 'schedules' | 'waiting'>(key: K): { -readonly [I in keyof Board[K]]: Board[K][I] } {
    if (!this.#own.has(key)) {
      this.#board[key] = { ...this.#board[key] };
      this.#own.add(key);
    }
    return this.#board[key];
  }

  /** @throws Error if the operator is not on the board */
  operator(operator_id: number): BoardOperator {
    const found = this.#board.operators[operator_id];
    if (!found) throw new Error(`operator ${operator_id} is not on the board`);
    return found;
  }

  /** Adds waiting contacts that move up into the part of the queue that the board keeps. */
  refill(items: readonly WaitingContact[]): void {
    for (const item of items) this.insert(item);
  }

  /** Adds a waiting contact in its place, unless that is beyond the part of the queue that the board keeps. */
  insert(item: WaitingContact): void {
    const { queue } = this.#board;
    if (queue.some((other) => other.contact_id === item.contact_id)) return;
    const at = queue.findIndex((other) => other.contact_id > item.contact_id);
    this.#board.queue = queue.toSpliced(at === -1 ? queue.length : at, 0, item).slice(0, QUEUE_HEAD_SIZE);
  }

  /** Changes what waiting contacts ask for. @param asksOf undefined: as before; null: nothing any more */
  reask(asksOf: (item: WaitingContact) => Asks | null | undefined): void {
    const { queue } = this.#board;
    const next = queue.map((item) => {
      const asks = asksOf(item);
      if (asks === undefined) return item;
      const { asks: _, ...others } = item;
      return asks === null || Object.keys(asks).length === 0 ? others : { ...others, asks };
    });
    if (next.some((item, i) => item !== queue[i])) this.#board.queue = next;
  }

  /** Updates the rows of a lead to its current name and handle. @param labelFor null: the row stays */
  relabel(labelFor: (item: WaitingContact | RecentDecision) => LeadBrief | null): void {
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
}

/** The distribution candidates of the source: every operator with a competence for it, by operator id. */
export function candidates(board: Pick<Board, 'operators' | 'weights' | 'rules'>, source_id: number): Candidate[] {
  const table: Candidate[] = [];
  const weights = board.weights[source_id];
  const line_of = board.rules[source_id]?.line_of;
  for (const key in weights) {
    const operator = board.operators[key as unknown as number]; // a record's keys are strings; as an index they are the same
    const weight = weights[key as unknown as number];
    if (!operator || weight === undefined || operator.is_archived) continue;
    const { id: operator_id, load, max_load, is_active } = operator;
    const line = line_of?.[operator_id] ?? 1;
    table.push(line === 1 ? { operator_id, weight, load, max_load, is_active } : { operator_id, weight, load, max_load, is_active, line });
  }
  return table;
}

/** How many assignments the operator got on `day`. */
export function assignedOn(operator: BoardOperator, day: string): number {
  return operator.assigned_on === day ? operator.assigned_count : 0;
}
