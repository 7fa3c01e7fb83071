/** A rule in the reader's words. */
import type { TFunction } from 'i18next';
import { formatAgo } from '#kit/locale/format.ts';
import { currentBoard } from '#link/board.ts';
import type { Rule } from '#shared/distribution/rule.ts';

/** Seconds as a person says them: `60 s`, `5 min`, `1 h 30 min`. */
export const secondsText = (seconds: number, t: TFunction): string =>
  seconds > 60 && seconds % 60 === 0 ? formatAgo(1000 * seconds, t) : t('units.seconds', { n: seconds });

/** `evenly by weight; line 2 after 60 s`. Says nothing of what is as usual, except the strategy. */
export function ruleText({ strategy, lines, open_early, ...others }: Omit<Rule, 'line_of'>, t: TFunction): string {
  const opening = lines.map((seconds, i) =>
    seconds === 0 ? t('rules.line_at_once', { line: i + 2 }) : t('rules.line_after', { line: i + 2, time: secondsText(seconds, t) }),
  );
  const early = lines.length > 0 && !open_early ? [t('rules.not_early')] : [];
  return [
    t(`strategies.${strategy}`),
    ...ownerText(others, t),
    ...needsText(others, t),
    ...opening,
    ...early,
    ...turnText(others, t),
    ...(others.accept_seconds === null ? [] : [t('rules.accepting', { time: secondsText(others.accept_seconds, t) })]),
    ...(others.close_after_seconds === null ? [] : [t('rules.closing', { time: secondsText(others.close_after_seconds, t) })]),
    ...repeatText(others, t),
    ...(others.cost === 1 ? [] : [t('rules.costing', { count: others.cost })]),
    ...(others.schedule_id === null ? [] : [t('rules.hours', { name: currentBoard().schedules[others.schedule_id]?.name ?? '' })]),
  ].join('; ');
}

function ownerText({ owner: { mode, days, wait_seconds } }: Pick<Rule, 'owner'>, t: TFunction): string[] {
  if (mode === 'off') return [];
  const own = mode === 'open' ? t('rules.to_owner_open') : t('rules.to_owner_days', { count: days });
  return [wait_seconds === 0 ? own : t('rules.and_wait', { own, time: secondsText(wait_seconds, t) })];
}

function needsText({ needs, needs_seconds }: Pick<Rule, 'needs' | 'needs_seconds'>, t: TFunction): string[] {
  if (needs.length === 0) return [];
  const attributes = needs.join(', ');
  return [needs_seconds === null ? t('rules.needing', { attributes }) : t('rules.needing_for', { attributes, time: secondsText(needs_seconds, t) })];
}

function repeatText({ repeat: { mode, within_seconds } }: Pick<Rule, 'repeat'>, t: TFunction): string[] {
  if (mode === 'new') return [];
  return [within_seconds === null ? t('rules.joining') : t('rules.joining_within', { time: secondsText(within_seconds, t) })];
}

function turnText({ target_seconds, urgency }: Pick<Rule, 'target_seconds' | 'urgency'>, t: TFunction): string[] {
  return [
    ...(target_seconds === null ? [] : [t('rules.target', { time: secondsText(target_seconds, t) })]),
    ...(urgency === 1 ? [] : [t('rules.urgent', { n: urgency })]),
  ];
}
