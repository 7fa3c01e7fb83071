import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Connecting.module.css';

/** The first board usually arrives within this time, so nothing is shown before. */
const CALM_MS = 300;
/** From here on the wait is explained in words. */
const LONG_MS = 3_000;
const ROWS = ['a', 'b', 'c', 'd', 'e', 'f'] as const;

/** Shown before the first board: nothing for a moment, then a skeleton, then the reason for the wait. */
export function Connecting() {
  const { t } = useTranslation();
  const [waited, setWaited] = useState<'not' | 'briefly' | 'long'>('not');
  useEffect(() => {
    const timers = [setTimeout(() => setWaited('briefly'), CALM_MS), setTimeout(() => setWaited('long'), LONG_MS)];
    return () => timers.forEach(clearTimeout);
  }, []);
  return (
    <div className={styles.place}>
      <p role="status" className={waited === 'long' ? undefined : 'sr-only'}>
        {waited === 'not' ? '' : t('link.connecting')}
      </p>
      {waited !== 'not' && (
        <div className={styles.skeleton} aria-hidden="true">
          {ROWS.map((row) => (
            <span key={row} className={styles.row} />
          ))}
        </div>
      )}
    </div>
  );
}
