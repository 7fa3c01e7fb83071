import { useWhy } from '#kit/notices/useWhy.ts';
import table from '#kit/table/table.module.css';
import type { ExportRun } from '#shared/contract/scheduled-exports.ts';
import type { CellWriter } from '../cells.ts';
import styles from '../Reports.module.css';
import { useTexts } from '../texts.ts';

/** Log of scheduled runs, written or failed with the reason. */
export function RunTable({ runs, writer }: { runs: readonly ExportRun[]; writer: CellWriter }) {
  const t = useTexts();
  const why = useWhy();
  return (
    <table className={table.table} aria-label={t('sch.log')}>
      <colgroup>
        <col className={styles['log-at']} />
        <col />
        <col className={styles['log-rows']} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">{t('sch.at')}</th>
          <th scope="col">{t('sch.file')}</th>
          <th scope="col" className={table.number}>
            {t('sch.rows')}
          </th>
        </tr>
      </thead>
      <tbody>
        {runs.map(({ id, at, file, rows, error }) => (
          <tr key={id} data-testid="export-run">
            <td>{writer.cell(at, { key: 'at', type: 'time' })}</td>
            <td title={file ?? error ?? ''} className={`${styles['sch-folder']} ${file === null ? styles.problem : ''}`}>
              {file ?? t('sch.failed', { error: why(error ?? '') })}
            </td>
            <td className={table.number}>{rows === null ? '–' : writer.count(rows)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
