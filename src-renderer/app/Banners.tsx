import { CloseButton } from '@mantine/core';
import { DatabaseZap, HardDrive, Unplug } from 'lucide-react';
import { type ReactNode, useState } from 'react';
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
      <SpaceLow />
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
      {condition.state === 'refusing' && ` ${t(`condition.remedy.${condition.cause}`)}`}
    </Banner>
  );
}

/** While there is time to make room; it can take days, so it can be put away. */
function SpaceLow() {
  const { t } = useTranslation();
  const { clock } = useFormats();
  const condition = useCondition((state) => state.condition);
  const isUp = useConnection((state) => state.is_up);
  const [seen, setSeen] = useState(0);
  const since = condition.state === 'serving' ? (condition.space_low_since ?? 0) : 0;
  if (since === seen || since === 0 || !isUp) return null;
  return (
    <Banner icon={<HardDrive size={16} aria-hidden="true" />}>
      {t('condition.space_low', { time: clock(since) })}
      <CloseButton className={styles.close} size="sm" aria-label={t('common.close')} onClick={() => setSeen(since)} />
    </Banner>
  );
}

function Banner({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.banner}>
      {icon}
      <span className={styles.text}>{children}</span>
    </div>
  );
}
