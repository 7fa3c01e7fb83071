import { useText } from '#kit/locale/locale.ts';
import styles from './Live.module.css';
import { askWhom } from './moving.ts';

/** Reassigns the contact of a row; R clicks it, and dragging the row does the same. @param at the operator that the row shows; null: waiting */
export function GiveButton({ contact_id, at }: { contact_id: number; at: number | null }) {
  const t = useText();
  return (
    <button
      type="button"
      className={styles.give}
      data-reassign=""
      data-needs="supervisor"
      aria-label={t('live.give', { id: contact_id })}
      title={t('live.give_title')}
      onClick={() => askWhom({ contact_id, at })}
    />
  );
}
