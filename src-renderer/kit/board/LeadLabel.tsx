import { formatHandle } from '#kit/locale/format.ts';
import { useText } from '#kit/locale/locale.ts';
import type { LeadBrief } from '#shared/board.ts';
import styles from './LeadLabel.module.css';

/** A lead in a row: its handle, and its name if known. A lead without a handle was erased. */
export function LeadLabel({ lead }: { lead: LeadBrief }) {
  const t = useText();
  if (lead.handle === '') return <span className={`${styles.root} ${styles.erased}`}>{t('common.erased')}</span>;
  return (
    <span className={styles.root} title={lead.name ? `${lead.handle} · ${lead.name}` : lead.handle}>
      <span className={styles.handle}>{formatHandle(lead.handle)}</span>
      {lead.name && <span className={styles.name}>{lead.name}</span>}
    </span>
  );
}
