import { DatabaseZap, Unplug } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../kit/reading.ts';
import { useBoardState } from '../link/board.ts';
import { useCondition } from '../link/condition.ts';
import { useConnection } from '../link/connection.ts';
import styles from './Banners.module.css';

/** Lie over the screen while something keeps contacts or the console out; what is beneath stays readable. */
export function Banners() {
  return (
    <div role="status" className={styles.place}>
      <LinkLost />
      <HostInTrouble />
    </div>
  );
}

function LinkLost() {
  const { t } = useTranslation();
  const { clock } = useFormats();
  const lost_at = useConnection((state) => state.lost_at);
  const heard_at = useBoardState((state) => state.heard_at);
  if (lost_at === null) return null;
  return (
    <Banner icon={<Unplug size={16} aria-hidden="true" />}>
      {heard_at > 0 ? t('link.lost', { time: clock(Math.max(heard_at, lost_at)) }) : t('link.lost_early')}
    </Banner>
  );
}

/** What happened, what is safe, what to do. */
function HostInTrouble() {
  const { t } = useTranslation();
  const { clock } = useFormats();
  const condition = useCondition((state) => state.condition);
  const isUp = useConnection((state) => state.is_up);
  if (condition.state === 'serving' || !isUp) return null;
  return (
    <Banner icon={<DatabaseZap size={16} aria-hidden="true" />}>
      {t(`condition.cause.${condition.cause}`, { time: clock(condition.since) })} {t(`condition.${condition.state}`)}
    </Banner>
  );
}

function Banner({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.banner}>
      {icon}
      <span>{children}</span>
    </div>
  );
}
