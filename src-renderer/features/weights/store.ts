import { useDeferredValue } from 'react';
import { create } from 'zustand';
import { attempt, type Outcome } from '../../link/attempt.ts';
import { currentBoard, untilShown } from '../../link/board.ts';
import { client } from '../../link/client.ts';
import { fillStrip, type Put, weightIn } from './clipboard.ts';
import { basesOf, changesIn, countOf, type Edits, onlyChanging, withArea, withEdits } from './draft.ts';
import { type Area, areaBetween, type Cell, joined, type Order, stripTo, wholeBetween } from './grid.ts';
import { keepDraft, takeKept } from './kept-draft.ts';

interface Weights {
  readonly order: Order;
  /** the cell under the cursor, and the other corner of the selection */
  readonly cursor: Cell | null;
  readonly anchor: Cell | null;
  readonly area: Area | null;
  /** what the corner of the selection is being dragged over, to be filled with it */
  readonly strip: Area | null;
  /** what is being typed there; null while nothing is */
  readonly typed: string | null;
  /** not yet applied. Kept while the reader looks at another screen */
  readonly edits: Edits;
  /** what the board said of each edited pair when it was edited */
  readonly bases: Edits;
  /** so many of them came or went at once that the grid shows them as there is time for it */
  readonly isBulk: boolean;
  /** the edits as they were before each change of them, the latest last */
  readonly past: readonly Edits[];
  /** those that were taken back, the latest last, until there is another edit */
  readonly future: readonly Edits[];
  /** whole rows or columns were selected: what is in view stays there, although the cursor is at their beginning */
  readonly isWhole: boolean;
  readonly isApplying: boolean;
}

const REMEMBERED = 100;
/** cells */
const BULK = 500;

export const useWeights = create<Weights>(() => ({
  order: { operators: [], sources: [] },
  cursor: null,
  anchor: null,
  area: null,
  strip: null,
  typed: null,
  edits: {},
  bases: {},
  isBulk: false,
  past: [],
  future: [],
  isWhole: false,
  isApplying: false,
}));

window.addEventListener('pagehide', () => keepDraft(useWeights.getState()));
let isTaken = false;

/** The draft that a reload has interrupted, when there is a board to lay it over. */
function takeKeptDraft(): void {
  if (isTaken) return;
  isTaken = true;
  const kept = takeKept(currentBoard());
  if (kept) useWeights.setState({ edits: onlyChanging(currentBoard(), kept.edits), bases: kept.bases });
}

export function setOrder(order: Order): void {
  takeKeptDraft();
  const { cursor, anchor } = useWeights.getState();
  const area = cursor && anchor && areaBetween(anchor, cursor, order);
  useWeights.setState({ order, area, ...(area === null && { cursor: null, anchor: null, typed: null }) }); // what is no longer shown is not worked on
}

/** @param extending the other corner of the selection stays where it is */
export function moveTo(cursor: Cell, extending = false): void {
  const { anchor: kept, order } = useWeights.getState();
  const anchor = (extending && kept) || cursor;
  useWeights.setState({ cursor, anchor, area: areaBetween(anchor, cursor, order), typed: null, isWhole: false });
}

/** Whole rows or columns, from one cell's to the other's. */
export function selectWhole(what: 'rows' | 'columns', from: Cell, to: Cell): void {
  const { order } = useWeights.getState();
  const corners = wholeBetween(what, from, to, order);
  if (!corners) return;
  const [cursor, anchor] = corners;
  useWeights.setState({ cursor, anchor, area: areaBetween(anchor, cursor, order), typed: null, isWhole: true });
}

/** Everything: the cursor stays at the first cell. */
export function selectAll(): void {
  const { order } = useWeights.getState();
  const [first, last] = [order.operators[0], order.operators.at(-1)];
  const [left, right] = [order.sources[0], order.sources.at(-1)];
  if (first === undefined || last === undefined || left === undefined || right === undefined) return;
  const [cursor, anchor] = [
    { operator_id: first, source_id: left },
    { operator_id: last, source_id: right },
  ];
  useWeights.setState({ cursor, anchor, area: areaBetween(anchor, cursor, order), typed: null, isWhole: true });
}

/** What was pasted is what is selected then. */
export function selectArea(area: Area): void {
  const { order } = useWeights.getState();
  const at = (row: number, column: number): Cell => ({ operator_id: order.operators[row] ?? 0, source_id: order.sources[column] ?? 0 });
  useWeights.setState({ cursor: at(area.top, area.left), anchor: at(area.bottom, area.right), area });
}

export const leave = (): void => useWeights.setState({ cursor: null, anchor: null, area: null, strip: null, typed: null });

/** The corner of the selection is dragged to this cell, or its dragging ended. */
export function stretchTo(cell: Cell | null): void {
  const { area, order, strip: before } = useWeights.getState();
  const strip = area && cell && stripTo(area, order.operators.indexOf(cell.operator_id), order.sources.indexOf(cell.source_id));
  if (strip !== before) useWeights.setState({ strip });
}

/** Fills what the corner was dragged over, and selects it as well. */
export function fillStretched(weightOf: (cell: Cell) => number | null): void {
  const { area, strip, order } = useWeights.getState();
  if (!area || !strip) return;
  edit(fillStrip(area, strip, order, weightOf));
  const both = joined(area, strip);
  const at = (row: number, column: number): Cell => ({ operator_id: order.operators[row] ?? 0, source_id: order.sources[column] ?? 0 });
  useWeights.setState({ anchor: at(both.top, both.left), cursor: at(both.bottom, both.right), area: both, strip: null });
}
export const type = (typed: string | null): void => useWeights.setState({ typed });

export const edit = (puts: readonly Put[]): void => editTo(withEdits(useWeights.getState().edits, puts), puts.length);

/** All of an area the same; null: no pairs. */
export function editArea(area: Area, weight: number | null): void {
  const { edits, order } = useWeights.getState();
  editTo(withArea(edits, area, order, weight), (area.bottom - area.top + 1) * (area.right - area.left + 1));
}

/** The edits as they become, and what the board says of the new ones among them. */
function drafted(next: Edits): Pick<Weights, 'edits' | 'bases'> {
  const edits = onlyChanging(currentBoard(), next);
  return { edits, bases: basesOf(currentBoard(), edits, useWeights.getState()) };
}

function editTo(next: Edits, cells: number): void {
  const { edits, past } = useWeights.getState();
  useWeights.setState({ ...drafted(next), isBulk: cells > BULK, past: [...past.slice(1 - REMEMBERED), edits], future: [] });
}

/** Takes the last edit back, before it was ever applied. */
export function undoEdit(): void {
  const { edits, past, future } = useWeights.getState();
  const before = past.at(-1);
  if (before) useWeights.setState({ ...drafted(before), isBulk: isMany(edits) || isMany(before), past: past.slice(0, -1), future: [...future, edits] });
}

/** Does again what was taken back. */
export function redoEdit(): void {
  const { edits, past, future } = useWeights.getState();
  const after = future.at(-1);
  if (after) useWeights.setState({ ...drafted(after), isBulk: isMany(edits) || isMany(after), past: [...past, edits], future: future.slice(0, -1) });
}

const isMany = (edits: Edits): boolean => countOf(edits) > BULK;

/** Throws the draft away, which is an edit like another: it can be taken back. @returns what takes it back */
export function discard(): () => void {
  const { edits } = useWeights.getState();
  const cells = countOf(edits);
  editTo({}, cells);
  useWeights.setState({ typed: null });
  return () => editTo({ ...useWeights.getState().edits, ...edits }, cells);
}

/** All edits in one step. */
export async function apply(): Promise<Outcome<null>> {
  const changes = changesIn(onlyChanging(currentBoard(), useWeights.getState().edits));
  if (changes.length === 0) {
    useWeights.setState({ edits: {}, bases: {}, past: [], future: [], typed: null });
    return { ok: true, value: null };
  }
  useWeights.setState({ isApplying: true });
  const outcome = await attempt((signal) => client.saveWeights.mutate({ changes }, { signal }));
  await untilShown(outcome);
  const isBulk = changes.length > BULK;
  useWeights.setState(({ edits }) => ({ isApplying: false, ...(outcome.ok && { ...drafted(edits), isBulk, past: [], future: [] }) }));
  return outcome;
}

/** What is typed counts while it is typed, if it is a weight. The same object as long as nothing was edited. */
function editsOf({ edits, typed, cursor }: Weights): Edits {
  const weight = typed === null || typed.trim() === '' ? undefined : weightIn(typed);
  if (weight === undefined || weight === null || !cursor) return edits;
  if (latest.edits !== edits || latest.cursor !== cursor || latest.weight !== weight)
    latest = { edits, cursor, weight, result: withEdits(edits, [{ ...cursor, weight }]) };
  return latest.result;
}
let latest: { edits: Edits; cursor: Cell | null; weight: number; result: Edits } = { edits: {}, cursor: null, weight: 0, result: {} };

/** The edits to show: the latest, or of very many the latest for which there was time, so that keys and clicks need not wait for them. */
export function useShownEdits(): Edits {
  const edits = useWeights(editsOf);
  const isBulk = useWeights((state) => state.isBulk);
  const later = useDeferredValue(edits);
  return isBulk ? later : edits;
}
