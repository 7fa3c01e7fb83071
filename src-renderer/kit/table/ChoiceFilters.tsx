import { Button, Select } from '@mantine/core';
import { ArrowDownWideNarrow, ArrowUpNarrowWide } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '#kit/locale/locale.ts';
import { currentBoard, useBoard } from '#link/board.ts';
import { sortedIds } from '#link/derive.ts';
import styles from './ListFilters.module.css';
import { goToList } from './to-list.ts';

interface Choice {
  readonly value: number | null;
  readonly onChange: (id: number | null) => void;
}

/** Options shown; typing finds the others. */
const SHOWN = 60;

function ThingSelect({ what, value, onChange }: Choice & { what: 'operators' | 'sources' }) {
  const { t, collator } = useFormats();
  const sorted = useMemo(() => sortedIds(), []);
  const ids = useBoard((board) => sorted(board[what], collator));
  const data = useMemo(() => {
    const all = currentBoard()[what];
    const shown = value !== null && all[value]?.is_archived ? [...ids, value] : ids; // an archived one that a link led to
    return shown.map((id) => ({ value: String(id), label: all[id]?.name ?? '' }));
  }, [ids, what, value]);
  const any = what === 'operators' ? t('lists.any_operator') : t('lists.any_source');
  return (
    <Select
      className={styles.select ?? ''}
      classNames={{ dropdown: styles.dropdown ?? '' }}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
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

/** Switches between newest and oldest first. */
export function OrderButton({ order, onChange }: { order: Order; onChange: (order: Order) => void }) {
  const { t } = useTranslation();
  const Icon = order === 'newest' ? ArrowDownWideNarrow : ArrowUpNarrowWide;
  return (
    <Button variant="default" leftSection={<Icon size={14} aria-hidden="true" />} onClick={() => onChange(order === 'newest' ? 'oldest' : 'newest')}>
      {t(`lists.order.${order}`)}
    </Button>
  );
}
