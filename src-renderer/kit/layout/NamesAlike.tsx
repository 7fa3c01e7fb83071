import { useTranslation } from 'react-i18next';
import { nameKey } from '#shared/plain-text.ts';
import styles from './NamesAlike.module.css';

/** Names the items in use whose names look the same, from before such names were refused. Renders nothing where there are none. */
export function NamesAlike({ items }: { items: readonly { readonly id: number; readonly name: string }[] }) {
  const { t } = useTranslation();
  const alike = [...Map.groupBy(items, ({ name }) => nameKey(name)).values()].filter((group) => group.length > 1);
  if (alike.length === 0) return null;
  const names = alike.map((group) => group.map(({ name }) => name).join(' = ')).join('; ');
  return (
    <p role="note" className={styles.alike}>
      {t('common.names_alike', { names })}
    </p>
  );
}
