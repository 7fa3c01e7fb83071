import { useDeferredValue } from 'react';
import { create } from 'zustand';
import { attempt, type Outcome } from '#link/attempt.ts';
import { currentBoard, untilShown } from '#link/board.ts';
import { client } from '#link/client.ts';
import { mayNow } from '#link/info.ts';
import { fillStrip, type Put, weightIn } from './clipboard.ts';
import { basesOf, changesIn, countOf, type Edits, onlyChanging, withArea, withEdits } from './draft.ts';
import { type Area, areaBetween, type Cell, joined, type Order, stripTo, wholeBetween } from './grid.ts';
import { keepDraft, takeKept } from './kept-draft.ts';

interface Weights {
  readonly order: Order;
  /** current cell and anchor of the selection */
  readonly cursor: Cell | null;
  readonly anchor: Cell | null;
  readonly area: Area | null;
  /** area that the fill handle is being dragged over */
  readonly strip: Area | null;
  /** text being typed there; null: not editing */
  readonly typed: string | null;
  /** not yet applied; kept while another screen is open */
  readonly edits: Edits;
  /** the board's weight of each edited cell at the time of the edit */
  readonly bases: Edits;
  /** so many edits changed at once that the grid may show them with a delay */
  readonly isBulk: boolean;
  /** undo stack of edits, latest last */
  readonly past: readonly Edits[];
  /** redo stack, latest last, cleared by another edit */
  readonly future: readonly Edits[];
  /** whole rows or columns are selected: the view does not scroll to the cursor at their beginning */
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

/** Restores a draft interrupted by a reload, once there is a board. */
function takeKeptDraft(): void {
  if (isTaken) return;
  isTaken = true;
  const kept = takeKept(currentBoard());
  if (kept) useWeights.setState({ edits: onlyChanging(currentBoard(), kept.edits), bases: kept.bases });
}

/** Sets the rows and columns shown. A selection of cells no longer shown is dropped. */
export function setOrder(order: Order): void {
  takeKeptDraft();
  const { cursor, anchor } = useWeights.getState();
  const area = cursor && anchor && areaBetween(anchor, cursor, order);
  useWeights.setState({ order, area, ...(area === null && { cursor: null, anchor: null, typed: null }) }); // a cell no longer shown loses cursor and input
}

/** @param extending the anchor of the selection stays */
export function moveTo(cursor: Cell, extending = false): void {
  const { anchor: kept, order } = useWeights.getState();
  const anchor = (extending && kept) || cursor;
  useWeights.setState({ cursor, anchor, area: areaBetween(anchor, cursor, order), typed: null, isWhole: false });
}

/** Selects whole rows or columns between two cells. */
export function selectWhole(what: 'rows' | 'columns', from: Cell, to: Cell): void {
  const { order } = useWeights.getState();
  const corners = wholeBetween(what, from, to, order);
  if (!corners) return;
  const [cursor, anchor] = corners;
  useWeights.setState({ cursor, anchor, area: areaBetween(anchor, cursor, order), typed: null, isWhole: true });
}

/** Selects everything; the cursor goes to the first cell. */
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

/** Selects the pasted area. */
export function selectArea(area: Area): void {
  const { order } = useWeights.getState();
  const at = (row: number, column: number): Cell => ({ operator_id: order.operators[row] ?? 0, source_id: order.sources[column] ?? 0 });
  useWeights.setState({ cursor: at(area.top, area.left), anchor: at(area.bottom, area.right), area });
}

/** Drops cursor and selection. */
export const leave = (): void => useWeights.setState({ cursor: null, anchor: null, area: null, strip: null, typed: null });

/** The fill handle is dragged to this cell; null: the drag ended. */
export function stretchTo(cell: Cell | null): void {
  const { area, order, strip: before } = useWeights.getState();
  const strip = area && cell && stripTo(area, order.operators.indexOf(cell.operator_id), order.sources.indexOf(cell.source_id));
  if (strip !== before) useWeights.setState({ strip });
}

/** Fills the area that the handle was dragged over and adds it to the selection. */
export function fillStretched(weightOf: (cell: Cell) => number | null): void {
  const { area, strip, order } = useWeights.getState();
  if (!area || !strip) return;
  edit(fillStrip(area, strip, order, weightOf));
  const both = joined(area, strip);
  const at = (row: number, column: number): Cell => ({ operator_id: order.operators[row] ?? 0, source_id: order.sources[column] ?? 0 });
  useWeights.setState({ anchor: at(both.top, both.left), cursor: at(both.bottom, both.right), area: both, strip: null });
}
/** Sets the text being typed into the cell at the cursor; null: no input. */
export const type = (typed: string | null): void => useWeights.setState({ typed: mayNow('supervisor') ? typed : null });

/** Edits weights, as one step of undo. */
export const edit = (puts: readonly Put[]): void => editTo(withEdits(useWeights.getState().edits, puts), puts.length);

/** Sets a whole area to one weight; null removes them. */
export function editArea(area: Area, weight: number | null): void {
  const { edits, order } = useWeights.getState();
  editTo(withArea(edits, area, order, weight), (area.bottom - area.top + 1) * (area.right - area.left + 1));
}

/** The new edits, with the board's weights for those just added. */
function drafted(next: Edits): Pick<Weights, 'edits' | 'bases'> {
  const edits = onlyChanging(currentBoard(), next);
  return { edits, bases: basesOf(currentBoard(), edits, useWeights.getState()) };
}

function editTo(next: Edits, cells: number): void {
  if (!mayNow('supervisor')) return;
  const { edits, past } = useWeights.getState();
  useWeights.setState({ ...drafted(next), isBulk: cells > BULK, past: [...past.slice(1 - REMEMBERED), edits], future: [] });
}

/** Undoes the last edit of the draft. */
export function undoEdit(): void {
  const { edits, past, future } = useWeights.getState();
  const before = past.at(-1);
  if (before) useWeights.setState({ ...drafted(before), isBulk: isMany(edits) || isMany(before), past: past.slice(0, -1), future: [...future, edits] });
}

/** Redoes the last undone edit. */
export function redoEdit(): void {
  const { edits, past, future } = useWeights.getState();
  const after = future.at(-1);
  if (after) useWeights.setState({ ...drafted(after), isBulk: isMany(edits) || isMany(after), past: [...past, edits], future: future.slice(0, -1) });
}

const isMany = (edits: Edits): boolean => countOf(edits) > BULK;

/** Discards the draft, which is an edit like any other. @returns its undo */
export function discard(): () => void {
  const { edits } = useWeights.getState();
  const cells = countOf(edits);
  editTo({}, cells);
  useWeights.setState({ typed: null });
  return () => editTo({ ...useWeights.getState().edits, ...edits }, cells);
}

/** Applies all edits in one step. */
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

/** Edits including the text being typed, if it is a valid weight. The same object until something changes. */
function editsOf({ edits, typed, cursor }: Weights): Edits {
  const weight = typed === null || typed.trim() === '' ? undefined : weightIn(typed);
  if (weight === undefined || weight === null || !cursor) return edits;
  if (latest.edits !== edits || latest.cursor !== cursor || latest.weight !== weight)
    latest = { edits, cursor, weight, result: withEdits(edits, [{ ...cursor, weight }]) };
  return latest.result;
}
let latest: { edits: Edits; cursor: Cell | null; weight: number; result: Edits } = { edits: {}, cursor: null, weight: 0, result: {} };

/** The edits to render: the latest; when very many, possibly slightly older ones, so that input is not held up. */
export function useShownEdits(): Edits {
  const edits = useWeights(editsOf);
  const isBulk = useWeights((state) => state.isBulk);
  const later = useDeferredValue(edits);
  return isBulk ? later : edits;
}
