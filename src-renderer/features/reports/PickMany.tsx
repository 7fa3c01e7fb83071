import { Popover, TextInput } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import styles from './Reports.module.css';
import { useTexts } from './texts.ts';

interface Choice {
  readonly value: number;
  readonly label: string;
}

interface PickManyProps {
  readonly label: string;
  readonly choices: readonly Choice[];
  /** empty: all */
  readonly picked: readonly number[];
  readonly onPick: (picked: readonly number[]) => void;
  readonly columns?: 1 | 4;
}

/** Longer lists get a search field. */
const SEARCH_FROM = 12;
const SHOWN = 100;

/** Multiple choice; an empty selection means all. */
export function PickMany({ label, choices, picked, onPick, columns = 1 }: PickManyProps) {
  const t = useTexts();
  const [text, setText] = useState('');
  const names = choices.filter(({ value }) => picked.includes(value)).map((choice) => choice.label);
  const said = picked.length === 0 ? t('all') : names.length === 1 ? names[0] : String(picked.length);
  const found = choices.filter((choice) => choice.label.toLowerCase().includes(text.trim().toLowerCase()));
  const toggle = (value: number) => onPick((picked.includes(value) ? picked.filter((other) => other !== value) : [...picked, value]).sort((a, b) => a - b));
  return (
    <Popover position="bottom-start" trapFocus returnFocus transitionProps={{ duration: 0 }} onClose={() => setText('')}>
      <Popover.Target>
        <button type="button" className={styles.pick} data-picked={picked.length > 0 || undefined} title={names.join(', ') || undefined}>
          <span className={styles['pick-label']}>{label}:</span> <span className={styles['pick-said']}>{said}</span>
          <ChevronDown size={13} aria-hidden="true" />
        </button>
      </Popover.Target>
      <Popover.Dropdown className={styles.choices ?? ''} aria-label={label}>
        {choices.length > SEARCH_FROM && columns === 1 && (
          <TextInput value={text} aria-label={t('find')} placeholder={t('find')} data-autofocus onChange={(event) => setText(event.currentTarget.value)} />
        )}
        <button type="button" className={styles.everything} disabled={picked.length === 0} onClick={() => onPick([])}>
          {t('choose_all')}
        </button>
        <ul className={styles.options} data-columns={columns}>
          {found.slice(0, SHOWN).map((choice) => (
            <li key={choice.value}>
              <label>
                <input type="checkbox" checked={picked.includes(choice.value)} onChange={() => toggle(choice.value)} />
                <span className={styles.choice} title={choice.label}>
                  {choice.label}
                </span>
              </label>
            </li>
          ))}
        </ul>
        {found.length === 0 && <p className={styles.hint}>{t('nothing_found')}</p>}
        {found.length > SHOWN && <p className={styles.hint}>{t('more_found', { count: found.length - SHOWN })}</p>}
      </Popover.Dropdown>
    </Popover>
  );
}
