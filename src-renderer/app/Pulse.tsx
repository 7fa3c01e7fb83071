import { Unplug } from 'lucide-react';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { useFigures } from '#kit/board/useFigures.ts';
import { useFormats } from '#kit/locale/locale.ts';
import { hashOf } from '#kit/navigation/route.ts';
import { useBoard } from '#link/board.ts';
import { useConnection } from '#link/connection.ts';
import { Figure } from './Figure.tsx';
import styles from './Pulse.module.css';
import { useHeard } from './useHeard.ts';

/** Key figures, the same on every screen: waiting, load, failures. */
export function Pulse() {
  const { t } = useTranslation();
  const figures = useFigures();
  const isOld = useConnection(({ lost_at }) => lost_at !== null);
  return (
    <section className={styles.pulse} aria-label={t('pulse.title')} data-old={isOld || undefined} data-testid="pulse">
      {figures.map((figure) => (
        <Figure key={figure.name} figure={figure} />
      ))}
      <Refused />
      {isOld && <Old />}
    </section>
  );
}

/** The host is away: since when nothing has been heard. Stands where the last two figures are. */
function Old() {
  const { t } = useTranslation();
  const heard = useHeard();
  return (
    <div className={`${styles.figure} ${styles.old}`} data-tone="bad" data-testid="pulse-old">
      <span className={styles.value} style={{ '--characters': 8 } as CSSProperties}>
        {heard === '' ? '–' : heard}
      </span>
      <span className={styles.label}>
        <Unplug size={14} aria-hidden="true" />
        <strong>{t('pulse.no_link')}</strong>
      </span>
      <span className={styles.notes}>
        <span>{heard === '' ? '' : t('pulse.data_of')}</span>
      </span>
    </div>
  );
}

function Refused() {
  const { t } = useTranslation();
  const { number } = useFormats();
  const refused = useBoard((board) => board.refused);
  if (refused === 0) return null;
  const label = t('pulse.refused', { count: refused });
  return <Figure figure={{ name: 'refused', value: number(refused), aside: '', label, target: '', tone: 'warn', href: hashOf('refused') }} />;
}
