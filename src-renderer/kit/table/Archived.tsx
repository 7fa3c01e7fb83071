import { useTranslation } from 'react-i18next';
import { collatorOf } from '#kit/locale/format.ts';
import { useLanguage } from '#kit/locale/locale.ts';
import styles from './Archived.module.css';

interface ArchivedProps {
  readonly title: string;
  readonly items: readonly { readonly id: number; readonly name: string }[];
  /** accessible name of a button */
  readonly restoreOf: (name: string) => string;
  readonly onRestore: (item: { readonly id: number; readonly name: string }) => void;
}

/** Collapsed list of archived things, each with a restore button. */
export function Archived({ title, items, restoreOf, onRestore }: ArchivedProps) {
  const { t } = useTranslation();
  const collator = collatorOf(useLanguage());
  if (items.length === 0) return null;
  return (
    <details className={styles.root}>
      <summary>{title}</summary>
      <ul>
        {items
          .toSorted((a, b) => collator.compare(a.name, b.name) || a.id - b.id)
          .map((item) => (
            <li key={item.id}>
              <span>{item.name}</span>
              <button type="button" data-needs="supervisor" aria-label={restoreOf(item.name)} onClick={() => onRestore(item)}>
                {t('common.restore')}
              </button>
            </li>
          ))}
      </ul>
    </details>
  );
}
