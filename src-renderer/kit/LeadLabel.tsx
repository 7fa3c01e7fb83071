import type { LeadBrief } from '#shared/board.ts';
import { formatHandle } from './format.ts';
import styles from './LeadLabel.module.css';

/** A lead in a row: the handle by which it is found, and its name when it has one. */
export function LeadLabel({ lead }: { lead: LeadBrief }) {
  return (
    <span className={styles.root} title={lead.name ? `${lead.handle} · ${lead.name}` : lead.handle}>
      {formatHandle(lead.handle)}
      {lead.name && <span className={styles.name}>{lead.name}</span>}
    </span>
  );
}
