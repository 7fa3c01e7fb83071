/** The query in words: `Поступило · 22 нояб. 2026 г. · Анна Петрова · 09:00`. */
import { useTranslation } from 'react-i18next';
import { formatDuration } from '#kit/locale/format.ts';
import { currentBoard } from '#link/board.ts';
import { NOBODY, type ReportQuery } from '#shared/contract/reports.ts';
import type { CellWriter } from './cells.ts';
import { useTexts } from './texts.ts';

/** Names listed; above this they are counted. */
const NAMED = 3;

/** The report's title and filters as a sentence, for headings, charts and screen readers. */
export function useWords(title: string, query: ReportQuery, { days, hour, between, weekday, nobody }: CellWriter): string {
  const t = useTexts();
  const { t: common } = useTranslation();
  const { operators, sources } = currentBoard();
  const { from, to, hours, weekdays, operator_ids, source_ids, wait_from_ms, wait_to_ms, since, until } = query;
  const some = (label: string, ids: readonly number[] | undefined, name: (id: number) => string): string[] =>
    ids === undefined ? [] : [ids.length <= NAMED ? ids.map(name).join(', ') : `${label}: ${ids.length}`];
  const lasting = (ms: number) => (ms < 1000 ? '0' : formatDuration(ms, common));
  const waited =
    wait_from_ms === undefined
      ? []
      : [
          wait_to_ms === undefined
            ? t('waited_from', { from: lasting(wait_from_ms) })
            : t('waited_between', { from: lasting(wait_from_ms), to: lasting(wait_to_ms) }),
        ];
  return [
    title,
    days(from, to),
    ...(since !== undefined && until !== undefined ? [between(Date.parse(since), Date.parse(until))] : some(t('hours'), hours, hour)),
    ...some(t('weekdays'), weekdays, weekday),
    ...some(t('operators'), operator_ids, (id) => (id === NOBODY ? nobody : (operators[id]?.name ?? `#${id}`))),
    ...some(t('sources'), source_ids, (id) => sources[id]?.name ?? `#${id}`),
    ...waited,
  ].join(' · ');
}
