import { useText } from '../../kit/reading.ts';
import styles from './Live.module.css';
import { askWhom } from './moving.ts';

/** Gives the contact of a row to somebody: what R presses, and what dragging the row does as well. @param at with whom the row shows it; null: it waits */
export function GiveButton({ contact_id, at }: { contact_id: number; at: number | null }) {
  const t = useText();
  return (
    <button
      type="button"
      className={styles.give}
      data-reassign=""
      aria-label={t('live.give', { id: contact_id })}
      title={t('live.give_title')}
      onClick={() => askWhom({ contact_id, at })}
    />
  );
}
