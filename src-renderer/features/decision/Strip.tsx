import { useTranslation } from 'react-i18next';
import { useFormats } from '#kit/locale/locale.ts';
import styles from './Decision.module.css';
import type { Stretch } from './table.ts';

/** Narrower ranges carry no name, since it would not fit. */
const NAMED_FROM = 0.1;

/** The eligible weights end to end, with the draw as a pin. */
export function Strip({ laid, r, sum, chosen }: { laid: readonly Stretch[]; r: number; sum: number; chosen: number | null }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const at = `${((r + 0.5) / sum) * 100}%`;
  const name = laid.find((stretch) => stretch.operator_id === chosen)?.name ?? '';
  return (
    <div className={styles.strip} role="img" aria-label={t('decision.strip', { r: number(r), sum: number(sum), name })}>
      <div className={styles.stretches}>
        {laid.map((stretch) => (
          <span
            key={stretch.operator_id}
            style={{ width: `${stretch.share * 100}%` }}
            data-chosen={stretch.operator_id === chosen || undefined}
            title={stretch.name}
          >
            {stretch.share >= NAMED_FROM ? stretch.name : ''}
          </span>
        ))}
      </div>
      <span className={styles.pin} style={{ left: at }} />
      <span className={styles.r} style={{ left: `clamp(16px, ${at}, calc(100% - 16px))` }}>
        {number(r)}
      </span>
    </div>
  );
}
