import { Button, Select } from '@mantine/core';
import { ArrowDownWideNarrow, ArrowUpNarrowWide } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { currentBoard, useBoard } from '../link/board.ts';
import { inUse } from '../link/derive.ts';
import styles from './ListFilters.module.css';
import { useFormats } from './reading.ts';
import { goToList } from './to-list.ts';

interface Choice {
  readonly value: number | null;
  readonly onChange: (id: number | null) => void;
}

/** As many as a person looks through; typing finds the others. */
const SHOWN = 60;

function ThingSelect({ what, value, onChange }: Choice & { what: 'operators' | 'sources' }) {
  const { t } = useTranslation();
  const { collator } = useFormats();
  const key = useBoard((board) =>
    Object.values(board[what]).reduce((text, { id, name, is_archived }) => `${text}${id}${is_archived ? '-' : '+'}${name}\u0000`, ''),
  );
  const data = useMemo(() => {
    const all = currentBoard()[what];
    const chosen = value === null ? undefined : all[value];
    const shown = inUse<{ id: number; name: string; is_archived: boolean }>(all, collator);
    if (chosen?.is_archived) shown.push(chosen); // what one has come here for, by a link
    return key === '' ? [] : shown.map(({ id, name }) => ({ value: String(id), label: name }));
  }, [key, what, value, collator]);
  const any = what === 'operators' ? t('lists.any_operator') : t('lists.any_source');
  return (
    <Select
      className={styles.select ?? ''}
      aria-label={what === 'operators' ? t('lists.operator') : t('lists.source')}
      placeholder={any}
      data={data}
      value={value === null ? null : String(value)}
      searchable
      selectFirstOptionOnChange
      clearable
      clearButtonProps={{ 'aria-label': any }}
      limit={SHOWN}
      nothingFoundMessage={t('lists.no_such')}
      onChange={(id) => {
        onChange(id === null ? null : Number(id));
        goToList();
      }}
    />
  );
}

export const OperatorFilter = (choice: Choice) => <ThingSelect what="operators" {...choice} />;
export const SourceFilter = (choice: Choice) => <ThingSelect what="sources" {...choice} />;

type Order = 'newest' | 'oldest';

export function OrderButton({ order, onChange }: { order: Order; onChange: (order: Order) => void }) {
  const { t } = useTranslation();
  const Icon = order === 'newest' ? ArrowDownWideNarrow : ArrowUpNarrowWide;
  return (
    <Button variant="default" leftSection={<Icon size={14} aria-hidden="true" />} onClick={() => onChange(order === 'newest' ? 'oldest' : 'newest')}>
      {t(`lists.order.${order}`)}
    </Button>
  );
}
