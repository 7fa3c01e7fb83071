import { Button } from '@mantine/core';
import { CircleCheck, DatabaseZap, DoorClosed, HardDrive, type LucideIcon, RefreshCw, Unplug } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClock } from '#kit/locale/clock.ts';
import { formatMoment } from '#kit/locale/format.ts';
import { useFormats } from '#kit/locale/locale.ts';
import { UnencryptedMark } from '#kit/notices/UnencryptedMark.tsx';
import { Working } from '#kit/notices/Working.tsx';
import { useChangesUnderWay } from '#link/changes-under-way.ts';
import { useCondition } from '#link/condition.ts';
import { useConnection } from '#link/connection.ts';
import { useInfo } from '#link/info.ts';
import { usePage } from '#link/page.ts';
import { closedSeen, useClosedSeen } from './closed-seen.ts';
import { MutedMark } from './MutedMark.tsx';
import styles from './StatusLine.module.css';
import { useHeard } from './useHeard.ts';

/** A restart this short is bridged by bots that retry. */
const BRIEF_MS = 60_000;

interface Status {
  readonly tone: 'calm' | 'warn';
  readonly icon: LucideIcon;
  /** what happened, what is safe and what to do */
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** Status line below every screen: the state of the desk and what it is waiting for. Its messages never cover or move anything. */
export function StatusLine() {
  const { t } = useTranslation();
  const since = useChangesUnderWay((state) => state.since);
  const { tone, icon: Icon, text, action } = useStatus();
  return (
    <footer className={styles.line} data-tone={tone} data-busy={since !== null || undefined} data-testid="status-line">
      <Icon size={15} aria-hidden="true" />
      <span role="status" className={styles.text}>
        {text}
      </span>
      <UnencryptedMark className={styles.mark} />
      <MutedMark />
      {since !== null && <Working label={t('status.waits')} since={since} />}
      {action && (
        <Button size="compact-xs" variant="default" onClick={action.run}>
          {action.label}
        </Button>
      )}
    </footer>
  );
}

/** The first condition that holds, most severe first. */
function useStatus(): Status {
  const { t } = useTranslation();
  const { clock, language, zone } = useFormats();
  const { is_up, lost_at } = useConnection();
  const heard = useHeard();
  const page = usePage((state) => state.state);
  const condition = useCondition((state) => state.condition);
  const [seen, setSeen] = useState(0);
  const closed = useInfo((state) => state.info?.closed);
  const seenUntil = useClosedSeen((state) => state.until);
  const whenClosed = useClock((now) => {
    if (!closed) return '';
    const moment = (at: number) => formatMoment(at, now, language, zone);
    return t(`status.closed.${closed.was_stopped ? 'stopped' : 'ended'}`, { from: moment(closed.from), until: moment(closed.until) });
  });
  const warn = (icon: LucideIcon, text: string, action?: Status['action']): Status => ({ tone: 'warn', icon, text, ...(action && { action }) });
  const reload = { label: t('status.reload'), run: () => location.reload() };

  if (lost_at !== null) return warn(Unplug, heard === '' ? t('link.lost_early') : t('link.lost', { time: heard }));
  if (!is_up) return { tone: 'calm', icon: Unplug, text: t('link.connecting') };
  if (condition.state !== 'serving') {
    const cause = t(`condition.cause.${condition.cause}`, { time: clock(condition.since) });
    const remedy = t(`condition.${condition.state === 'refusing' ? 'remedy' : 'mend'}.${condition.cause}`);
    return warn(DatabaseZap, [cause, t(`condition.${condition.state}`), remedy].join(' '));
  }
  if (page === 'older') return warn(RefreshCw, t('status.older'), reload);
  const low = condition.space_low_since ?? 0;
  // This can last for days, so it can be dismissed.
  if (low !== 0 && low !== seen) return warn(HardDrive, t('condition.space_low', { time: clock(low) }), { label: t('status.seen'), run: () => setSeen(low) });
  if (closed && closed.until !== seenUntil) {
    const tone = closed.until - closed.from < BRIEF_MS ? 'calm' : 'warn';
    return { tone, icon: DoorClosed, text: whenClosed, action: { label: t('status.seen'), run: () => closedSeen(closed.until) } };
  }
  return { tone: 'calm', icon: CircleCheck, text: t('status.calm') };
}
