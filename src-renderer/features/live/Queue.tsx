import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { dragSource } from '#kit/board/dragging.ts';
import { LeadLabel } from '#kit/board/LeadLabel.tsx';
import { useNextChange } from '#kit/board/useNextChange.ts';
import { Waited } from '#kit/board/Waited.tsx';
import { Empty } from '#kit/layout/Empty.tsx';
import { Panel } from '#kit/layout/Panel.tsx';
import { useFormats, useText } from '#kit/locale/locale.ts';
import { openContact } from '#kit/navigation/route.ts';
import table from '#kit/table/table.module.css';
import { useBoard } from '#link/board.ts';
import type { WaitingContact } from '#shared/board.ts';
import { waitingTotal } from '#shared/figures.ts';
import { GiveButton } from './GiveButton.tsx';
import styles from './Live.module.css';
import { WhyTheyWait } from './WhyTheyWait.tsx';

/** Rows shown; the rest are counted. */
const SHOWN = 30;

export function Queue() {
  const { t } = useTranslation();
  const { number } = useFormats();
  const queue = useBoard((board) => board.queue);
  const total = useBoard(waitingTotal);
  return (
    <Panel
      title={t('live.queue')}
      aside={<span className={styles.total}>{number(total)}</span>}
      foot={total > 0 && <WhyTheyWait />} // below the list, so that its changes do not move the rows
      className={styles.queue}
      testId="queue"
    >
      {total === 0 ? (
        <Empty title={t('live.queue_empty')}>{t('live.queue_empty_text')}</Empty>
      ) : (
        <>
          <table className={table.table}>
            <colgroup>
              <col className={styles['col-age']} />
              <col />
              <col className={styles['col-source']} />
              <col className={styles['col-why']} />
            </colgroup>
            <thead className="sr-only">
              <tr>
                <th scope="col">{t('live.waits')}</th>
                <th scope="col">{t('live.lead')}</th>
                <th scope="col">{t('live.source')}</th>
                <th scope="col">{t('common.why')}</th>
              </tr>
            </thead>
            <tbody>
              {queue.slice(0, SHOWN).map((item) => (
                <QueueRow key={item.contact_id} item={item} />
              ))}
            </tbody>
          </table>
          {total > SHOWN && <p className={styles.more}>{t('live.and_more', { count: total - Math.min(SHOWN, queue.length) })}</p>}
        </>
      )}
    </Panel>
  );
}

const QueueRow = memo(function QueueRow({ item }: { item: WaitingContact }) {
  const t = useText();
  const source = useBoard((board) => board.sources[item.source_id]?.name ?? '');
  const next = useNextChange(item, true);
  return (
    <tr data-row="" tabIndex={-1} data-testid={`queue-row-${item.contact_id}`} className={styles.movable} {...dragSource(() => [item.contact_id], null)}>
      <td className={`${table.number} ${styles.age}`} title={next || undefined}>
        <Waited since={item.created_at} />
      </td>
      <td className={table.free}>
        <span className={styles.waiting}>
          <LeadLabel lead={item.lead} />
          {next && <span className={styles.next}>{next}</span>}
        </span>
      </td>
      <td className={table.dim}>{source}</td>
      <td className={`${table.number} ${table.free}`}>
        <GiveButton contact_id={item.contact_id} at={null} />
        <button type="button" className={table.link} data-open="" onClick={() => openContact(item.contact_id)}>
          {t('common.why')}
        </button>
      </td>
    </tr>
  );
});
