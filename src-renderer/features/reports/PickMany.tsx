import { Popover, TextInput } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import styles from './Reports.module.css';
import { useTexts } from './texts.ts';

interface Choice {
  readonly value: number;
  readonly label: string;
}

/** Choices that are picked together. */
interface Group {
  readonly label: string;
  readonly values: readonly number[];
}

interface PickManyProps {
  readonly label: string;
  readonly choices: readonly Choice[];
  /** empty: all */
  readonly picked: readonly number[];
  readonly onPick: (picked: readonly number[]) => void;
  readonly columns?: 1 | 4;
  /** offered above the choices */
  readonly groups?: { readonly label: string; readonly all: readonly Group[] };
}

/** Longer lists get a search field. */
const SEARCH_FROM = 12;
const SHOWN = 100;

/** Multiple choice; an empty selection means all. */
export function PickMany({ label, choices, picked, onPick, columns = 1, groups }: PickManyProps) {
  const t = useTexts();
  const [text, setText] = useState('');
  const names = choices.filter(({ value }) => picked.includes(value)).map((choice) => choice.label);
  const wanted = text.trim().toLowerCase();
  const isPicked = ({ values }: Group) => values.length === picked.length && values.every((value) => picked.includes(value));
  const said = picked.length === 0 ? t('all') : names.length === 1 ? names[0] : (groups?.all.find(isPicked)?.label ?? String(picked.length));
  const found = choices.filter((choice) => choice.label.toLowerCase().includes(wanted));
  const foundGroups = groups?.all.filter((group) => group.label.toLowerCase().includes(wanted)) ?? [];
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
        {groups && foundGroups.length > 0 && (
          <fieldset className={styles.groups}>
            <legend>{groups.label}</legend>
            {foundGroups.map((group) => (
              <button key={group.label} type="button" aria-pressed={isPicked(group)} onClick={() => onPick(group.values)}>
                {group.label}
              </button>
            ))}
          </fieldset>
        )}
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
        {found.length === 0 && foundGroups.length === 0 && <p className={styles.hint}>{t('nothing_found')}</p>}
        {found.length > SHOWN && <p className={styles.hint}>{t('more_found', { count: found.length - SHOWN })}</p>}
      </Popover.Dropdown>
    </Popover>
  );
}
