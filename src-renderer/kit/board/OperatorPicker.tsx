import { Button, Modal, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '#kit/locale/locale.ts';
import { isFull } from '#link/derive.ts';
import type { BoardOperator } from '#shared/board.ts';
import { LoadBar } from './LoadBar.tsx';
import styles from './OperatorPicker.module.css';
import { useTakers } from './useTakers.ts';

interface OperatorPickerProps {
  readonly title: string;
  /** number of contacts to reassign */
  readonly count: number;
  /** the source of all of them, if they have one */
  readonly source_id?: number | undefined;
  readonly onPick: (operator_id: number) => void;
  readonly onClose: () => void;
}

/** Operator picker: type to search, arrows move, Enter reassigns. Shows each load, and who is full. Operators off line are folded until the reader types or unfolds them, and are never chosen beforehand. */
export function OperatorPicker({ title, count, source_id, onPick, onClose }: OperatorPickerProps) {
  const { t } = useTranslation();
  const { language } = useFormats();
  const list = useId();
  const [typed, setTyped] = useState('');
  /** null: the first who can take it */
  const [active, setActive] = useState<number | null>(null);
  const [unfolded, setUnfolded] = useState(false);
  const takers = useTakers(source_id);
  const fold = (text: string) => text.toLocaleLowerCase(language).replaceAll('ё', 'е');
  const found = takers.filter(({ name }) => fold(name).includes(fold(typed.trim())));
  const onLine = found.filter(({ is_active }) => is_active);
  const isFolded = !unfolded && typed.trim() === '' && onLine.length > 0 && onLine.length < found.length;
  const shown = isFolded ? onLine : found;
  const at = active === null ? shown.findIndex((one) => one.is_active && !isFull(one)) : Math.min(active, shown.length - 1);
  const optionId = (index: number) => `${list}-${index}`;
  const step = (by: 1 | -1) => {
    const next = Math.max(0, Math.min(shown.length - 1, at + by));
    if (shown.length > 0) setActive(next);
    document.getElementById(optionId(next))?.scrollIntoView({ block: 'nearest' });
  };
  const pick = (operator: BoardOperator | undefined) => {
    if (operator && !isFull(operator)) onPick(operator.id);
  };
  return (
    <Modal opened onClose={onClose} title={title} size={620} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <TextInput
        data-autofocus
        role="combobox"
        aria-expanded
        aria-controls={list}
        aria-activedescendant={at >= 0 ? optionId(at) : undefined}
        aria-label={t('contacts.pick_operator')}
        placeholder={t('contacts.pick_operator')}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setActive(null);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') step(1);
          else if (event.key === 'ArrowUp') step(-1);
          else if (event.key === 'Enter') pick(shown[at]);
          else return;
          event.preventDefault();
        }}
      />
      <div role="listbox" id={list} aria-label={t('live.operators')} className={styles.takers} tabIndex={-1}>
        {shown.map((operator, index) => (
          <div
            key={operator.id}
            id={optionId(index)}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            aria-disabled={isFull(operator)}
            className={styles.taker}
            onPointerUp={() => pick(operator)} // the field above handles the keys
            onMouseMove={() => setActive(index)}
          >
            <Taker operator={operator} count={count} />
          </div>
        ))}
      </div>
      {isFolded && (
        <Button variant="subtle" size="compact-sm" className={styles.unfold ?? ''} onClick={() => setUnfolded(true)}>
          {t('contacts.off_line_too', { count: found.length - onLine.length })}
        </Button>
      )}
      {shown.length === 0 && <p className={styles.none}>{t('decision.no_such_operator')}</p>}
    </Modal>
  );
}

/** An operator as a candidate to take `count` contacts. */
export function Taker({ operator, count }: { operator: BoardOperator; count: number }) {
  const { t } = useTranslation();
  const free = operator.max_load - operator.load;
  const away = operator.inactive_reason ? t(`inactive.${operator.inactive_reason}`) : t('live.off');
  const notes = [...(operator.is_active ? [] : [away]), ...(free > 0 && free < count ? [t('contacts.fits', { free, count })] : [])];
  return (
    <>
      <span className={styles.name}>{operator.name}</span>
      <span className={styles.off}>{notes.join(' · ')}</span>
      <LoadBar load={operator.load} max={operator.max_load} />
    </>
  );
}
