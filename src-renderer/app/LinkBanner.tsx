import { Unplug } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../kit/reading.ts';
import { useBoardState } from '../link/board.ts';
import { useConnection } from '../link/connection.ts';
import styles from './LinkBanner.module.css';

/** Lies over the screen while the host is out of reach; what is beneath stays readable. */
export function LinkBanner() {
  const { t } = useTranslation();
  const { clock } = useFormats();
  const lost_at = useConnection((state) => state.lost_at);
  const heard_at = useBoardState((state) => state.heard_at);
  return (
    <div role="status" className={styles.place}>
      {lost_at !== null && (
        <div className={styles.banner}>
          <Unplug size={16} aria-hidden="true" />
          <span>{heard_at > 0 ? t('link.lost', { time: clock(Math.max(heard_at, lost_at)) }) : t('link.lost_early')}</span>
        </div>
      )}
    </div>
  );
}
