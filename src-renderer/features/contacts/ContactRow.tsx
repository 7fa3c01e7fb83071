import { memo } from 'react';
import { dragSource } from '#kit/board/dragging.ts';
import { LeadLabel } from '#kit/board/LeadLabel.tsx';
import { Waited } from '#kit/board/Waited.tsx';
import { useClock } from '#kit/locale/clock.ts';
import { formatMoment } from '#kit/locale/format.ts';
import { useFormats } from '#kit/locale/locale.ts';
import { openContact } from '#kit/navigation/route.ts';
import { MarkCell } from '#kit/table/MarkBox.tsx';
import marks from '#kit/table/Marks.module.css';
import table from '#kit/table/table.module.css';
import { useBoard } from '#link/board.ts';
import type { ContactItem } from '#shared/contract/lists.ts';
import styles from './Contacts.module.css';
import { goTo, mark, meantBy, useMarks } from './selection.ts';

interface ContactRowProps {
  readonly item: ContactItem;
  /** all loaded rows, in order */
  readonly ids: () => readonly number[];
}

export const ContactRow = memo(function ContactRow({ item, ids }: ContactRowProps) {
  const { t, language, zone } = useFormats();
  const { id, status, operator_id, message } = item;
  const source = useBoard((board) => board.sources[item.source_id]?.name ?? '');
  const operator = useBoard((board) => (operator_id === null ? '–' : (board.operators[operator_id]?.name ?? '')));
  const isMarked = useMarks((state) => state.marked.has(id));
  const isCurrent = useMarks((state) => state.current === id);
  const moment = useClock((now) => formatMoment(item.created_at, now, language, zone));
  return (
    <tr
      data-row=""
      data-current={isCurrent || undefined}
      data-marked={isMarked || undefined}
      data-testid={`contact-row-${id}`}
      tabIndex={-1}
      className={marks.row}
      {...(status === 'closed' ? {} : dragSource(() => meantBy(id)))}
      onFocus={() => goTo(id)}
      onDoubleClick={() => openContact(id)}
    >
      <MarkCell className={table.free} label={t('contacts.mark', { id })} isMarked={isMarked} onMark={(on, through) => mark(id, on, ids(), through)} />
      <td className={`${table.dim} ${table.free}`}>{moment}</td>
      <td className={table.free}>
        <span className={styles.status} data-status={status}>
          {t(`contacts.state.${status}`)} {status === 'waiting' && <Waited since={item.created_at} />}
        </span>
      </td>
      <td className={table.free}>
        <LeadLabel lead={item.lead} />
      </td>
      <td className={table.dim} title={message ?? undefined}>
        {message}
      </td>
      <td title={source}>{source}</td>
      <td title={operator}>{operator}</td>
      <td className={`${table.number} ${table.free}`}>
        <button type="button" className={table.link} data-open="" aria-label={t('contacts.open', { id })} onClick={() => openContact(id)}>
          {t('common.why')}
        </button>
      </td>
    </tr>
  );
});
