/** Describes the outcome of moving or closing contacts. */
import type { TFunction } from 'i18next';
import { problemText } from '#kit/notices/problem-text.ts';
import type { ContactOutcome } from '#shared/contract/contacts.ts';

export type Done = Extract<ContactOutcome, { ok: true }>;
type Stayed = Extract<ContactOutcome, { ok: false }>;

/** Full operators listed; a longer list could not be read before the toast disappears. */
const NAMED = 2;

/** Why some contacts stayed: each reason once, with its count. */
function whyTheyStayed(stayed: readonly Stayed[], t: TFunction): string {
  const full = new Set(stayed.filter(({ problem }) => problem.code === 'operator_full').map(({ problem }) => problem.params?.name));
  const byCause = Map.groupBy(stayed, ({ problem }) => (full.size > NAMED ? problem.code : `${problem.code} ${problem.params?.name ?? ''}`));
  return [...byCause.values()]
    .map((group) => {
      const { problem } = group[0] as Stayed; // a group is never empty
      const count = group.length;
      if (problem.code === 'operator_full' && full.size > NAMED) return t('work.stayed_all_full', { count });
      if (problem.code === 'operator_full') return t('work.stayed_full', { count, name: String(problem.params?.name ?? '') });
      if (problem.code === 'contact_closed') return t('work.stayed_closed', { count });
      if (problem.code === 'contact_moved') return t('work.stayed_moved', { count });
      return `${t('work.stayed', { count })} ${problemText(problem, t)}`;
    })
    .join(' ');
}

/** Describes what was done, and what stayed. */
export function movedText(outcomes: readonly ContactOutcome[], what: (done: readonly Done[]) => string, t: TFunction): { text: string; done: Done[] } {
  const done = outcomes.filter((outcome) => outcome.ok);
  const stayed = outcomes.filter((outcome) => !outcome.ok);
  const parts = [done.length > 0 ? what(done) : '', stayed.length > 0 ? whyTheyStayed(stayed, t) : ''];
  return { text: parts.filter(Boolean).join(' '), done };
}

/** Describes the outcome of undoing a move. */
export const takenBackText = (outcomes: readonly ContactOutcome[], t: TFunction): string =>
  movedText(outcomes, (back) => t('work.taken_back', { count: back.length }), t).text;
