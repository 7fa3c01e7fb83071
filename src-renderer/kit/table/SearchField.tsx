import { CloseButton, TextInput } from '@mantine/core';
import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './ListFilters.module.css';
import { goToList } from './to-list.ts';

/** Pause in typing before a search starts. */
const REST_MS = 200;
const LENGTH_MAX = 200;

/** Searches while typing. A change of the address from elsewhere replaces the text. */
export function SearchField({ value, label, placeholder, onChange }: { value: string; label: string; placeholder: string; onChange: (text: string) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => () => clearTimeout(timer.current), []);
  // other filters may have changed during typing: the closure has the old ones
  const search = useRef(onChange);
  useEffect(() => {
    search.current = onChange;
  }, [onChange]);
  const say = (text: string, waitMs: number) => {
    clearTimeout(timer.current);
    setTyped(text);
    timer.current = setTimeout(() => {
      setTyped(null);
      search.current(text);
    }, waitMs);
  };
  const shown = typed ?? value;
  return (
    <TextInput
      ref={field}
      type="search"
      className={styles.search ?? ''}
      aria-label={label}
      placeholder={placeholder}
      data-search=""
      maxLength={LENGTH_MAX}
      leftSection={<Search size={14} aria-hidden="true" />}
      rightSection={
        shown === '' ? null : (
          <CloseButton
            size="xs"
            aria-label={t('lists.clear_search')}
            onClick={() => {
              say('', 0);
              field.current?.focus();
            }}
          />
        )
      }
      value={shown}
      onChange={(event) => say(event.currentTarget.value, REST_MS)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') say(event.currentTarget.value, 0);
        else if (event.key === 'Escape')
          event.preventDefault(); // browsers would empty the field
        else return;
        event.currentTarget.blur(); // at once, since the next key may follow immediately
        goToList();
      }}
    />
  );
}
