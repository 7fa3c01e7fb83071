/** Explains a decision in sentences that a supervisor can repeat, from the stored tables alone. Pure. */
import type { TFunction } from 'i18next';
import { formatDuration } from '#kit/locale/format.ts';
import type { Decision, DecisionRow, ReturnCause } from '#shared/contract/entities.ts';
import { hasKeys, strategies } from '#shared/distribution/strategies.ts';
import type { PassedOver } from '#shared/distribution/table.ts';
import type { Stretch } from './table.ts';

/** Why an operator who could not take the contact when it began to wait could take it later. */
export type Opening =
  | { readonly why: 'came_on_line' | 'joined' | 'all_let_go' | 'tag_given' | 'owner_waited' | 'released' | 'source_opened'; readonly name: string }
  | { readonly why: 'line_opened'; readonly name: string; readonly line: number }
  | { readonly why: 'limit_raised' | 'weight_given'; readonly name: string; readonly from: number; readonly to: number }
  | { readonly why: 'slot_freed'; readonly name: string; readonly load: number; readonly max_load: number };

type Tabled = Pick<Decision, 'table' | 'cost'>;

/** What opened slots between the two decisions, without operators who could have taken the contact all along. */
export function openings(before: Tabled, now: Tabled): Opening[] {
  const then = new Map(before.table.map((row) => [row.operator_id, row]));
  return now.table.flatMap((row) => opening(then.get(row.operator_id), row, now.cost) ?? []);
}

function opening(then: DecisionRow | undefined, { name, weight, load, max_load, line, passed_over }: DecisionRow, cost: number): Opening | null {
  if (passed_over !== null) return null;
  if (!then) return { why: 'joined', name };
  switch (then.passed_over) {
    case null:
      return null;
    case 'inactive':
      return { why: 'came_on_line', name };
    case 'zero_weight':
      return { why: 'weight_given', name, from: then.weight, to: weight };
    case 'full':
      return load + cost > then.max_load ? { why: 'limit_raised', name, from: then.max_load, to: max_load } : { why: 'slot_freed', name, load, max_load };
    case 'closed_hours':
      return { why: 'source_opened', name };
    case 'line_closed':
      return { why: 'line_opened', name, line };
    case 'let_go':
      return { why: 'all_let_go', name };
    case 'lacks_tag':
      return { why: 'tag_given', name };
    case 'owner_busy':
      return { why: 'owner_waited', name };
    case 'saved':
      return { why: 'released', name };
  }
}

export interface Words {
  readonly t: TFunction;
  readonly number: (value: number) => string;
  readonly percent: (share: number) => string;
  /** a moment as the reader's clock shows it */
  readonly clock: (at: number) => string;
}

export interface Explanation {
  /** what was decided */
  readonly said: string;
  /** why, a sentence each */
  readonly because: readonly string[];
}

/** Names listed; the others are counted. */
const NAMED = 3;
const passedOver: readonly PassedOver[] = ['full', 'inactive', 'zero_weight', 'closed_hours', 'let_go', 'lacks_tag', 'owner_busy', 'line_closed', 'saved'];

/** @param before the decision about the same contact that came before it */
export function explain(decision: Decision, before: Decision | undefined, laid: readonly Stretch[], words: Words): Explanation {
  if (decision.kind === 'manual') return byHand(decision, before, words.t);
  if (decision.kind === 'closed_by_rule') return closedByRule(before, words.t);
  if (decision.cause !== null) return returned(decision, decision.cause, before, words.t);
  return decision.operator ? drawn(decision, decision.operator.name, before, laid, words) : nobody(decision, words);
}

function byHand({ operator, table }: Decision, before: Decision | undefined, t: TFunction): Explanation {
  const holder = before?.operator;
  if (!operator) {
    const wasInactive = table.find((row) => row.operator_id === holder?.id)?.is_active === false;
    return {
      said: holder ? t('decision.put_back_from', { name: holder.name }) : t('decision.put_back'),
      because: holder && wasInactive ? [t('decision.was_inactive', { name: holder.name })] : [],
    };
  }
  const passed = table.find((row) => row.operator_id === operator.id);
  return {
    said: holder ? t('decision.moved_by_hand', { from: holder.name, to: operator.name }) : t('decision.by_hand', { name: operator.name }),
    because: passed === undefined ? [t('decision.against.no_weight')] : passed.passed_over ? [t(`decision.against.${passed.passed_over}`)] : [],
  };
}

function returned({ note }: Decision, cause: ReturnCause, before: Decision | undefined, t: TFunction): Explanation {
  const name = before?.operator?.name ?? '';
  return { said: t(`decision.returned.${cause}`, { name }), because: note === null ? [] : [t('decision.declined_because', { note })] };
}

function closedByRule(before: Decision | undefined, t: TFunction): Explanation {
  const holder = before?.operator;
  return { said: t('decision.closed_by_rule'), because: holder ? [t('decision.closed_from', { name: holder.name })] : [] };
}

function nobody({ table, waiting_reason, cost }: Decision, { t, number }: Words): Explanation {
  const counts = passedOver.flatMap((reason) => {
    const count = table.filter((row) => row.passed_over === reason).length;
    return count === 0 ? [] : [t(`decision.counted.${reason}`, { count, n: number(count) })];
  });
  return {
    said: waiting_reason === 'all_full' && cost > 1 ? t('decision.nobody.all_full_costly', { cost }) : t(`decision.nobody.${waiting_reason ?? 'all_full'}`),
    because: table.length === 0 ? [] : [t('decision.of_all', { count: table.length, n: number(table.length), counts: counts.join(', ') })],
  };
}

/** What the decision's strategy compares, as it is said of an operator; empty if it means nothing to a reader. */
function comparedOf(strategy: Decision['strategy'], { load, max_load, key }: DecisionRow, { number, percent }: Words): string {
  const { compares } = strategies[strategy];
  const value = compares?.of({ load, max_load, key: key ?? 0 }) ?? 0;
  return compares ? (compares.as === 'share' ? percent(value) : number(value)) : '';
}

/** How far the others on the line are from those who came first: `, the others 4 to 7`. Empty if there are none, or nothing can be said. */
function othersOf({ table, line, strategy }: Decision, words: Words): string {
  const rivals = table.filter((row) => row.passed_over === null && row.line === (line ?? 1)).sort((a, b) => (a.key ?? 0) - (b.key ?? 0));
  const others = rivals.filter(({ key }) => key !== rivals[0]?.key);
  const [nearest, furthest] = [others[0], others.at(-1)];
  if (!nearest || !furthest) return '';
  const [from, to] = [comparedOf(strategy, nearest, words), comparedOf(strategy, furthest, words)];
  if (from === '') return '';
  return from === to ? words.t('decision.others_at', { count: others.length, at: from }) : words.t('decision.others_range', { from, to });
}

function drawn(decision: Decision, name: string, before: Decision | undefined, laid: readonly Stretch[], words: Words): Explanation {
  const { t, number, percent } = words;
  const { kind, table, sum, r, operator_id, strategy, line, turn } = decision;
  const able = table.filter(({ passed_over }) => passed_over === null).length;
  const own = laid.find((stretch) => stretch.operator_id === operator_id);
  const because: string[] = [];
  if ((kind === 'drain' || kind === 'owner') && before) {
    const waitedMs = Date.parse(decision.at) - Date.parse(before.at);
    because.push(waitedMs < 1000 ? t('decision.at_once') : t('decision.waited', { time: formatDuration(waitedMs, t) }));
    const made = openings(before, decision);
    const named = made.slice(0, NAMED).map((one) => t(`decision.openings.${one.why}`, { ...one }));
    const more = made.length - named.length;
    if (more > 0) named.push(t('decision.openings.more', { n: number(more) }));
    if (named.length > 0) because.push(t('decision.room', { who: named.join('; ') }));
  }
  if (turn?.next) because.push(t('decision.turn', { share: percent(turn.share), next: percent(turn.next.share) }));
  if (hasKeys(strategy) && kind !== 'owner') {
    const first = table.find((row) => row.operator_id === operator_id);
    const value = first ? comparedOf(strategy, first, words) : '';
    because.push(t(`decision.${r === null ? 'first' : 'first_of'}.${strategy}`, { value, n: number(laid.length), others: othersOf(decision, words) }));
  }
  if (line !== null && line > 1) because.push(t('decision.by_line', { line }));
  because.push(
    table.length === 1
      ? t('decision.alone')
      : able === 1
        ? t('decision.no_choice', { n: number(table.length) })
        : t('decision.could', { able: number(able), n: number(table.length) }),
  );
  if (own && r !== null && laid.length > 1)
    because.push(
      t('decision.sums', { weight: number(own.to - own.from + 1), sum: number(sum), share: percent(own.share), from: number(own.from), to: number(own.to) }),
    );
  return { said: t(kind === 'owner' ? 'decision.for_owner' : r === null ? 'decision.chosen_for' : 'decision.drawn_for', { name }), because };
}

/** Whether lines say something about the decision. */
export const hasLines = ({ table }: Decision): boolean => table.some(({ line }) => line > 1);

/** What a row of the table shows about its operator besides the probability. */
export function outcomeText({ kind, operator_id, line, cost }: Decision, row: DecisionRow, { t, clock }: Words): string {
  if (row.operator_id === operator_id) return t(kind === 'manual' ? 'decision.chosen_by_hand' : kind === 'owner' ? 'decision.own' : 'decision.chosen');
  if (row.passed_over === 'full' && cost > 1) return t('passed.full_costly', { cost, free: Math.max(0, row.max_load - row.load) });
  if (row.passed_over) {
    const why = t(`passed.${row.passed_over}`, { line: row.line });
    return row.until === null || row.passed_over !== row.barred ? why : t('decision.until', { why, time: clock(Date.parse(row.until)) });
  }
  if (kind === 'manual') return t('decision.had_room');
  if (row.probability > 0) return '';
  return line !== null && row.line > line ? t('decision.later_line', { line: row.line }) : t('decision.others_first');
}

/** What changes by itself at `next_at` for a contact that waits, `left` milliseconds from now. @param latest the decision that made it wait */
export function changeText(latest: Decision | undefined, next_at: string, left: number, t: TFunction): string {
  const time = formatDuration(left, t);
  const row = latest?.table.find(({ until, is_active, weight, barred }) => until === next_at && ((is_active && weight > 0) || barred === 'closed_hours'));
  switch (row?.barred) {
    case 'closed_hours':
      return t('waiting.opens_in', { time });
    case 'line_closed':
      return t('waiting.line_in', { line: row.line, time });
    case 'lacks_tag':
      return t('waiting.tags_in', { time });
    case 'owner_busy':
      return t('waiting.others_in', { time });
    case 'saved':
      return t('waiting.turn_in', { time });
    default:
      return t('waiting.change_in', { time });
  }
}
