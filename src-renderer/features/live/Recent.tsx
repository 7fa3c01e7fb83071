import { memo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { dragSource } from '#kit/board/dragging.ts';
import { LeadLabel } from '#kit/board/LeadLabel.tsx';
import { reasonText } from '#kit/board/reason-text.ts';
import { Empty } from '#kit/layout/Empty.tsx';
import { Panel } from '#kit/layout/Panel.tsx';
import { useFormats } from '#kit/locale/locale.ts';
import { openContact } from '#kit/navigation/route.ts';
import { GapRow } from '#kit/table/GapRow.tsx';
import table from '#kit/table/table.module.css';
import { ROW_HEIGHT, useTightRowWindow } from '#kit/table/useRowWindow.ts';
import { useBoard, useBoardUnlessScrolling } from '#link/board.ts';
import type { RecentDecision } from '#shared/board.ts';
import { chanceOfDrawn } from '#shared/distribution/chance.ts';
import { GiveButton } from './GiveButton.tsx';
import styles from './Live.module.css';
import { twoLinesOf } from './two-lines.ts';
import { useHeldStill } from './useHeldStill.ts';

/** The latest decisions. Only rows in view are rendered, since at a peak each lives for a moment. The list holds still under the pointer, so that a row does not move away from a click. */
export function Recent() {
  const { t } = useTranslation();
  const recent = useBoardUnlessScrolling((board) => board.recent);
  const { held, handlers } = useHeldStill(recent);
  const newest = held === recent ? undefined : held[0];
  const missed = newest ? recent.filter(({ id }) => id > newest.id).length : 0;
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useTightRowWindow(held.length, ROW_HEIGHT, scroller, 0);
  return (
    <Panel
      title={t('live.recent')}
      aside={missed > 0 ? <span className={styles.missed}>{t('live.held_still', { count: missed })}</span> : null}
      scroller={scroller}
      className={styles.recent}
      testId="recent"
    >
      {recent.length === 0 ? (
        <Empty title={t('live.no_contacts')}>{t('live.no_contacts_text')}</Empty>
      ) : (
        <table className={table.table} {...handlers}>
          <colgroup>
            <col className={styles['col-time']} />
            <col className={styles['col-lead']} />
            <col />
            <col className={styles['col-percent']} />
            <col className={styles['col-why']} />
          </colgroup>
          <thead>
            <tr>
              <th scope="col">{t('live.time')}</th>
              <th scope="col">{t('live.lead')}</th>
              <th scope="col">{t('live.way')}</th>
              <th scope="col" className={table.number}>
                {t('live.probability')}
              </th>
              <th scope="col">
                <span className="sr-only">{t('common.why')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            <GapRow height={rows.above} />
            {held.slice(rows.start, rows.end).map((decision) => (
              <RecentRow key={decision.id} decision={decision} />
            ))}
            <GapRow height={rows.below} />
          </tbody>
        </table>
      )}
    </Panel>
  );
}

const RecentRow = memo(function RecentRow({ decision }: { decision: RecentDecision }) {
  const { t, clock, percent } = useFormats();
  const source = useBoard((board) => board.sources[decision.source_id]?.name ?? '');
  const operator = useBoard((board) => (decision.operator_id === null ? null : (board.operators[decision.operator_id]?.name ?? '')));
  const { waiting_reason, kind, cost = 1, cause } = decision;
  const drawn = chanceOfDrawn(decision);
  const waits = () => t('live.waits_because', { reason: waiting_reason ? reasonText(waiting_reason, cost, t) : t('kinds.put_back') });
  const to = operator ?? (kind === 'closed_by_rule' ? t('contacts.state.closed') : waits());
  return (
    <tr
      data-row=""
      tabIndex={-1}
      data-testid={`recent-row-${decision.id}`}
      className={styles.movable}
      {...dragSource(() => [decision.contact_id], decision.operator_id)}
    >
      <td className={`${table.dim} ${table.free}`}>{clock(decision.at)}</td>
      <td className={table.free}>
        <LeadLabel lead={decision.lead} />
      </td>
      <td colSpan={operator === null ? 2 : 1} className={table.free}>
        <span className={styles.way} title={`${source} → ${to}`}>
          <span className={styles.from}>{source}</span>
          <span className={table.dim}>{' →'}</span>
          <span className={`${styles.to} ${styles.whole} ${operator === null ? styles.waits : ''}`} style={{ flexBasis: `${0.57 * twoLinesOf(to)}em` }}>
            {to}
          </span>
          {kind !== 'draw' && <span className={styles.kind}>{cause ? t(`returned_short.${cause}`) : t(`kinds_short.${kind}`)}</span>}
        </span>
      </td>
      {operator !== null && <td className={`${table.number} ${table.free}`}>{drawn === null ? '' : percent(drawn)}</td>}
      <td className={`${table.number} ${table.free}`}>
        <GiveButton contact_id={decision.contact_id} at={decision.operator_id} />
        <button type="button" className={table.link} data-open="" onClick={() => openContact(decision.contact_id)}>
          {t('common.why')}
        </button>
      </td>
    </tr>
  );
});
