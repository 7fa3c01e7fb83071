import { Modal, TextInput } from '@mantine/core';
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
  readonly onPick: (operator_id: number) => void;
  readonly onClose: () => void;
}

/** Operator picker: type to search, arrows move, Enter reassigns. Shows each load, and who is full. */
export function OperatorPicker({ title, count, onPick, onClose }: OperatorPickerProps) {
  const { t } = useTranslation();
  const { language } = useFormats();
  const list = useId();
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const takers = useTakers();
  const fold = (text: string) => text.toLocaleLowerCase(language).replaceAll('ё', 'е');
  const shown = takers.filter(({ name }) => fold(name).includes(fold(typed.trim())));
  const at = Math.min(active, shown.length - 1);
  const optionId = (index: number) => `${list}-${index}`;
  const step = (by: 1 | -1) => {
    const next = Math.max(0, Math.min(shown.length - 1, at + by));
    setActive(next);
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
          setActive(0);
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
      {shown.length === 0 && <p className={styles.none}>{t('decision.no_such_operator')}</p>}
    </Modal>
  );
}

/** An operator as a candidate to take `count` contacts. */
export function Taker({ operator, count }: { operator: BoardOperator; count: number }) {
  const { t } = useTranslation();
  const free = operator.max_load - operator.load;
  const notes = [...(operator.is_active ? [] : [t('live.off')]), ...(free > 0 && free < count ? [t('contacts.fits', { free, count })] : [])];
  return (
    <>
      <span className={styles.name}>{operator.name}</span>
      <span className={styles.off}>{notes.join(' · ')}</span>
      <LoadBar load={operator.load} max={operator.max_load} />
    </>
  );
}
