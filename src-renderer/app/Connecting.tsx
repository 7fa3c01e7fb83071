import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Connecting.module.css';

/** Usually the first board is there before anybody has seen that it was not. */
const CALM_MS = 300;
/** From here on it needs a word. */
const LONG_MS = 3_000;
const ROWS = ['a', 'b', 'c', 'd', 'e', 'f'] as const;

/** Before the first board: nothing for a moment, then the shape of what comes, then what it is waiting for. */
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
