import { useTranslation } from 'react-i18next';
import { useClock } from '#kit/locale/clock.ts';
import { formatMoment, formatNumber } from '#kit/locale/format.ts';
import { useFormats } from '#kit/locale/locale.ts';
import { problemText } from '#kit/notices/problem-text.ts';
import { useBoard } from '#link/board.ts';
import type { FoldedRefusals } from '#shared/contract/entities.ts';
import type { ProblemCode } from '#shared/contract/problems.ts';
import styles from './Refused.module.css';

/** Line for a source whose oldest refused contacts are only counted: how many, since when and why. */
export function FoldedLine({ folded: { source_id, count, first_at, last_at, codes } }: { folded: FoldedRefusals }) {
  const { t } = useTranslation();
  const { language, zone } = useFormats();
  const source = useBoard((board) => board.sources[source_id]?.name ?? '');
  const moment = (at: string, now: number) => formatMoment(Date.parse(at), now, language, zone);
  const from = useClock((now) => moment(first_at, now));
  const to = useClock((now) => moment(last_at, now));
  const number = (n: number) => formatNumber(n, language);
  const causes = Object.entries(codes) as [ProblemCode, number][]; // Object.entries loses the type of the keys
  return (
    <div className={styles.folded} data-testid={`folded-${source_id}`}>
      <p>{t('refused.folded', { count, n: number(count), source, from, to })}</p>
      <ul>
        {causes.map(([code, n]) => (
          <li key={code}>{t('refused.folded_cause', { n: number(n), cause: problemText({ code, detail: '' }, t) })}</li>
        ))}
      </ul>
    </div>
  );
}
