import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dropTarget, endDrag, useDragging } from '#kit/board/dragging.ts';
import picker from '#kit/board/OperatorPicker.module.css';
import { Taker } from '#kit/board/OperatorPicker.tsx';
import { useTakers } from '#kit/board/useTakers.ts';
import { isFull } from '#link/derive.ts';
import styles from './Contacts.module.css';

type Drop = (contact_ids: readonly number[], operator_id: number | null) => void;

/** Drop targets while contacts are dragged: every operator who may take them, and the queue. */
export function DropList({ onDrop }: { onDrop: Drop }) {
  const dragged = useDragging((state) => state.dragged);
  return dragged.length === 0 ? null : <Targets dragged={dragged} onDrop={onDrop} />;
}

function Targets({ dragged, onDrop }: { dragged: readonly number[]; onDrop: Drop }) {
  const { t } = useTranslation();
  const takers = useTakers();
  const [over, setOver] = useState<number | 'queue' | null>(null);
  const target = (place: number | 'queue', isOpen: boolean) => ({
    className: picker.taker,
    'data-over': over === place || undefined,
    'data-closed': !isOpen || undefined,
    ...dropTarget((event) => {
      setOver(isOpen ? place : null);
      if (isOpen) event.preventDefault(); // marks this as a valid drop target
    }),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      endDrag();
      onDrop(dragged, place === 'queue' ? null : place);
    },
  });
  return (
    <aside className={styles.targets} aria-label={t('contacts.drop_on')}>
      <h3>{t('contacts.drop', { count: dragged.length })}</h3>
      <ul>
        <li data-testid="drop-on-queue" {...target('queue', true)}>
          <span className={picker.name}>{t('contacts.to_queue')}</span>
        </li>
        {takers.map((operator) => (
          <li key={operator.id} data-testid={`drop-on-${operator.id}`} {...target(operator.id, !isFull(operator))}>
            <Taker operator={operator} count={dragged.length} />
          </li>
        ))}
      </ul>
    </aside>
  );
}
