import type { ReactNode } from 'react';
import { useFormats } from '#kit/locale/locale.ts';
import { FAIRNESS_LEVEL, type Report } from '#shared/contract/reports.ts';
import styles from './Reports.module.css';
import { useTexts } from './texts.ts';

/** The result of the whole fairness table in a sentence, with the level of the test. */
export function Verdict({ report: { table }, children }: { report: Report; children?: ReactNode }) {
  const t = useTexts();
  const { percent } = useFormats();
  const at = (name: string) => table.columns.findIndex(({ key }) => key === name);
  const [verdict, operator] = [at('verdict'), at('operator')];
  const tested = table.rows.filter((row) => row[verdict] !== 'too_few');
  const odd = tested.filter((row) => row[verdict] !== 'luck');
  const names = odd.map((row) => String(row[operator] ?? '')).join(', ');
  return (
    <p className={styles.verdict} data-testid="verdict">
      <b>{tested.length === 0 ? t('fair_none') : odd.length === 0 ? t('fair_all') : t('fair_some', { count: odd.length, names })}</b>{' '}
      {tested.length > 0 && t('fair_level', { level: percent(FAIRNESS_LEVEL) })} {children}
    </p>
  );
}
