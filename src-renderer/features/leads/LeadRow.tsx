import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useClock } from '#kit/locale/clock.ts';
import { formatHandle, formatMoment } from '#kit/locale/format.ts';
import { useFormats } from '#kit/locale/locale.ts';
import { openLead } from '#kit/navigation/route.ts';
import table from '#kit/table/table.module.css';
import { useBoard } from '#link/board.ts';
import type { LeadItem } from '#shared/contract/lists.ts';
import styles from './Leads.module.css';

export const LeadRow = memo(function LeadRow({ item }: { item: LeadItem }) {
  const { t } = useTranslation();
  const { language, zone, number } = useFormats();
  const { id, name, phone, email, external_id, operator_id, created_at, last_contact_at } = item;
  const operator = useBoard((board) => (operator_id === null ? '–' : (board.operators[operator_id]?.name ?? '')));
  const moment = (at: number | null) => (now: number) => (at === null ? '–' : formatMoment(at, now, language, zone));
  const first = useClock(moment(created_at));
  const latest = useClock(moment(last_contact_at));
  const isErased = phone === null && email === null && external_id === null;
  return (
    <tr data-row="" data-testid={`lead-row-${id}`} tabIndex={-1} onDoubleClick={() => openLead(id)}>
      <td title={name ?? undefined} className={isErased ? table.dim : undefined}>
        {isErased ? t('common.erased') : (name ?? '–')}
      </td>
      <td>{phone === null ? '–' : formatHandle(phone)}</td>
      <td title={email ?? undefined}>{email ?? '–'}</td>
      <td title={external_id ?? undefined}>{external_id ?? '–'}</td>
      <td className={table.number}>{number(item.contacts)}</td>
      <td className={`${table.dim} ${styles.last}`}>{latest}</td>
      <td title={operator}>{operator}</td>
      <td className={`${table.dim} ${styles.first}`}>{first}</td>
      <td className={table.number}>
        <button type="button" className={table.link} data-open="" aria-label={t('leads.open', { id })} onClick={() => openLead(id)}>
          {t('leads.card')}
        </button>
      </td>
    </tr>
  );
});
