/** How changes are sent to consoles: in runs of consecutive changes, each serialised once as JSON text for all consoles. */
import type { RecentDecision } from '../board.ts';
import type { Change } from '../effects/effects.ts';

/** A decision as an array without field names; its time is milliseconds after that of its change, usually 0. */
type Row = readonly [
  id: number,
  contact_id: number,
  source_id: number,
  after: number,
  kind: RecentDecision['kind'],
  operator_id: number | null,
  waiting_reason: RecentDecision['waiting_reason'],
  weight: number | null,
  sum: number | null,
  lead_id: number,
  name: string | null,
  handle: string,
  cause?: RecentDecision['cause'],
];

type Decided = Extract<Change, { decision?: RecentDecision }> & { readonly decision: RecentDecision };
type WithRow = Omit<Decided, 'decision'> & { readonly decision: Row };
type Packed = Exclude<Change, { readonly decision: RecentDecision }> | WithRow;

const isDecided = (change: Change): change is Decided => 'decision' in change && change.decision !== undefined;
const isPacked = (change: Packed): change is WithRow => 'decision' in change && change.decision !== undefined;

/** A run as a console receives it. */
export type PackedRun = readonly Packed[];

/** A run for any number of consoles. */
export class EncodedRun {
  /** of the `PackedRun` */
  readonly json: string;

  /** @param changes in order and without gaps; empty: the board must be fetched again */
  constructor(changes: readonly Change[]) {
    this.json = JSON.stringify(changes.map((change): Packed => (isDecided(change) ? { ...change, decision: rowOf(change.decision, change.at) } : change)));
  }

  toJSON(): PackedRun {
    return JSON.parse(this.json) as PackedRun; // the constructor wrote it
  }
}

/** The changes of a run, with field names. */
export function decodeRun(run: PackedRun): readonly Change[] {
  return run.map((change) => (isPacked(change) ? ({ ...change, decision: decisionOf(change.decision, change.at) } as Decided) : change)); // sent unpacked
}

function rowOf({ id, contact_id, source_id, at, kind, operator_id, waiting_reason, weight, sum, lead, cause }: RecentDecision, changed_at: number): Row {
  const row = [id, contact_id, source_id, at - changed_at, kind, operator_id, waiting_reason, weight, sum, lead.id, lead.name, lead.handle] as const;
  return cause ? [...row, cause] : row;
}

function decisionOf(row: Row, changed_at: number): RecentDecision {
  const [id, contact_id, source_id, after, kind, operator_id, waiting_reason, weight, sum, lead_id, name, handle, cause] = row;
  const lead = { id: lead_id, name, handle };
  return { id, contact_id, source_id, at: changed_at + after, kind, lead, operator_id, waiting_reason, weight, sum, ...(cause && { cause }) };
}
