import type { TFunction } from 'i18next';
import type { Failure } from '#link/attempt.ts';
import { useCondition } from '#link/condition.ts';
import { type Thing, things } from '#shared/contract/problems.ts';

/** Describes a failure to the reader: what happened, and what to do. */
export function problemText(problem: Failure, t: TFunction): string {
  if (problem.code === 'not_found' && problem.params?.state === 'archived')
    return t(`problems.archived.${problem.params.what === 'source' ? 'source' : 'operator'}`);
  if (problem.code === 'not_found') return t(`problems.not_found.${thing(problem.params?.what)}`);
  if (problem.code === 'operator_holds_contacts') {
    const count = Number(problem.params?.load);
    return Number.isFinite(count) ? t('problems.operator_holds_contacts', { count }) : t('problems.operator_holds_some');
  }
  if (problem.code === 'operator_full' && problem.params?.cost !== undefined) return t('problems.operator_full_costly', { cost: problem.params.cost });
  if (problem.code === 'in_use') return t('problems.in_use', { names: problem.params?.names ?? '' });
  if (problem.code === 'overloaded' && useCondition.getState().condition.state !== 'serving') return t('problems.not_writing'); // a retry would not help yet
  return t(`problems.${problem.code}`);
}

/** Why something cannot be shown. Link failures resolve by themselves: views reload once the link is back. */
export function readingText(problem: Failure, t: TFunction): string {
  return problem.code === 'link_down' || problem.code === 'link_lost' ? t('link.reading') : problemText(problem, t);
}

const thing = (what: unknown): Thing | 'thing' => things.find((name) => name === what) ?? 'thing';
