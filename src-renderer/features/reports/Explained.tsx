import { type Cell, type ColumnKey, isVerdict, type Report } from '#shared/contract/reports.ts';
import type { CellWriter } from './cells.ts';
import styles from './Reports.module.css';
import { useTexts } from './texts.ts';

/** Shares closer than this look the same on the screen. */
const SAME_SHARE = 0.0005;

/** The fairness table in sentences, one per operator: whether chance explains the share, and why the weight alone was unreachable. */
export function Explained({ report: { table }, writer }: { report: Report; writer: CellWriter }) {
  const t = useTexts();
  const at = new Map(table.columns.map(({ key }, index) => [key, index]));
  const sentences = (row: readonly Cell[]): string[] => {
    const cell = (key: ColumnKey): Cell => row[at.get(key) ?? -1] ?? null;
    const said = (key: ColumnKey): string => writer.cell(cell(key), table.columns[at.get(key) ?? 0] ?? { key, type: 'number' });
    const verdict = String(cell('verdict'));
    const [expected, weight] = [Number(cell('expected_share')), Number(cell('weight_share'))];
    const passed = (['passed_full', 'passed_inactive', 'passed_zero_weight', 'nobody_eligible'] as const).filter((key) => Number(cell(key)) > 0);
    return [
      t('explained.drawn', { drawn: said('drawn'), expected: said('expected') }),
      isVerdict(verdict) ? t(verdict === 'too_few' ? 'explained.not_tested' : `explained.${verdict}`) : '',
      ...(Math.abs(expected - weight) < SAME_SHARE
        ? []
        : [t(expected < weight ? 'explained.less' : 'explained.more', { weight: said('weight_share'), expected: said('expected_share') })]),
      ...(passed.length === 0 ? [] : [t('explained.passed', { reasons: passed.map((key) => t(`explained.${key}`, { n: said(key) })).join(', ') })]),
    ];
  };
  return (
    <details className={styles.explained} data-testid="explained">
      <summary>{t('explained.title')}</summary>
      <ul>
        {table.rows.map((row) => (
          <li key={String(row[0])}>
            <b>{String(row[at.get('operator') ?? 1] ?? '')}</b>: {sentences(row).join(' ')}
          </li>
        ))}
      </ul>
    </details>
  );
}
