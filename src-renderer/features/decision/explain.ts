/** Explains a decision in sentences that a supervisor can repeat, from the stored tables alone. Pure. */
import type { TFunction } from 'i18next';
import { formatDuration } from '#kit/locale/format.ts';
import type { Decision, DecisionRow } from '#shared/contract/entities.ts';
import type { PassedOver } from '#shared/distribution/table.ts';
import type { Stretch } from './table.ts';

/** Why an operator who could not take the contact when it began to wait could take it later. */
export type Opening =
  | { readonly why: 'came_on_line' | 'joined'; readonly name: string }
  | { readonly why: 'limit_raised' | 'weight_given'; readonly name: string; readonly from: number; readonly to: number }
  | { readonly why: 'slot_freed'; readonly name: string; readonly load: number; readonly max_load: number };

type Tabled = Pick<Decision, 'table'>;

/** What opened slots between the two decisions, without operators who could have taken the contact all along. */
export function openings(before: Tabled, now: Tabled): Opening[] {
  const then = new Map(before.table.map((row) => [row.operator_id, row]));
  return now.table.flatMap((row) => opening(then.get(row.operator_id), row) ?? []);
}

function opening(then: DecisionRow | undefined, { name, weight, load, max_load, passed_over }: DecisionRow): Opening | null {
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
      return load >= then.max_load ? { why: 'limit_raised', name, from: then.max_load, to: max_load } : { why: 'slot_freed', name, load, max_load };
  }
}

export interface Words {
  readonly t: TFunction;
  readonly number: (value: number) => string;
  readonly percent: (share: number) => string;
}

export interface Explanation {
  /** what was decided */
  readonly said: string;
  /** why, a sentence each */
  readonly because: readonly string[];
}

/** Names listed; the others are counted. */
const NAMED = 3;
const passedOver: readonly PassedOver[] = ['full', 'inactive', 'zero_weight'];

/** @param before the decision about the same contact that came before it */
export function explain(decision: Decision, before: Decision | undefined, laid: readonly Stretch[], words: Words): Explanation {
  if (decision.kind === 'manual') return byHand(decision, before, words.t);
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

function nobody({ table, waiting_reason }: Decision, { t, number }: Words): Explanation {
  const counts = passedOver.flatMap((reason) => {
    const count = table.filter((row) => row.passed_over === reason).length;
    return count === 0 ? [] : [t(`decision.counted.${reason}`, { n: number(count) })];
  });
  return {
    said: t(`decision.nobody.${waiting_reason ?? 'all_full'}`),
    because: table.length === 0 ? [] : [t('decision.of_all', { n: number(table.length), counts: counts.join(', ') })],
  };
}

function drawn(decision: Decision, name: string, before: Decision | undefined, laid: readonly Stretch[], { t, number, percent }: Words): Explanation {
  const { kind, table, sum, r, operator_id } = decision;
  const own = laid.find((stretch) => stretch.operator_id === operator_id);
  const because: string[] = [];
  if (kind === 'drain' && before) {
    const waitedMs = Date.parse(decision.at) - Date.parse(before.at);
    because.push(waitedMs < 1000 ? t('decision.at_once') : t('decision.waited', { time: formatDuration(waitedMs, t) }));
    const made = openings(before, decision);
    const named = made.slice(0, NAMED).map((one) => t(`decision.openings.${one.why}`, { ...one }));
    const more = made.length - named.length;
    if (more > 0) named.push(t('decision.openings.more', { n: number(more) }));
    if (named.length > 0) because.push(t('decision.room', { who: named.join('; ') }));
  }
  because.push(
    table.length === 1
      ? t('decision.alone')
      : laid.length === 1
        ? t('decision.no_choice', { n: number(table.length) })
        : t('decision.could', { able: number(laid.length), n: number(table.length) }),
  );
  if (own && r !== null && laid.length > 1)
    because.push(
      t('decision.sums', { weight: number(own.to - own.from + 1), sum: number(sum), share: percent(own.share), from: number(own.from), to: number(own.to) }),
    );
  return { said: t('decision.drawn_for', { name }), because };
}

/** What a row of the table shows about its operator besides the probability. */
export function outcomeText({ kind, operator_id }: Decision, row: DecisionRow, t: TFunction): string {
  if (row.operator_id === operator_id) return kind === 'manual' ? t('decision.chosen_by_hand') : t('decision.chosen');
  if (row.passed_over) return t(`passed.${row.passed_over}`);
  return kind === 'manual' ? t('decision.had_room') : '';
}
