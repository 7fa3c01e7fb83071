import { useTranslation } from 'react-i18next';
import { useClock } from '#kit/locale/clock.ts';
import { formatAgo } from '#kit/locale/format.ts';
import { useDay, useFormats } from '#kit/locale/locale.ts';
import { contactsLink } from '#kit/navigation/list-filters.ts';
import { hashOf } from '#kit/navigation/route.ts';
import { useBoard } from '#link/board.ts';
import { useFlow } from '#link/flow.ts';
import styles from './Sources.module.css';

/** What a source got: the last hour by minute, its latest contact, the day, and what waits; or for how long it has been silent. */
export function SourceFlow({ id }: { id: number }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const day = useDay();
  const flow = useFlow(({ bySource }) => bySource.get(id));
  const isKnown = useFlow((state) => state.flow !== null);
  const waiting = useBoard((board) => board.waiting[id] ?? 0);
  const ago = useClock((now) => (flow ? formatAgo(now - flow.last_at, t) : ''));
  if (!isKnown) return null;
  if (!flow) return <span className={styles.flow}>{t('sources.nothing_yet')}</span>;
  return (
    <span className={styles.flow} data-testid={`flow-${id}`}>
      <Minutes came={flow.came} label={t('sources.last_hour', { count: flow.came.reduce((sum, one) => sum + one, 0) })} />
      {flow.is_silent ? (
        <strong className={styles.silent}>{t('sources.silent_for', { time: ago })}</strong>
      ) : (
        <span>{t('sources.last_ago', { time: ago })}</span>
      )}
      <a href={contactsLink({ source_id: id, from: day, to: day })}>{t('sources.today', { n: number(flow.today) })}</a>
      {waiting > 0 && <a href={hashOf('contacts', { source: id, status: 'waiting' })}>{t('sources.waiting', { count: waiting, n: number(waiting) })}</a>}
    </span>
  );
}

const HEIGHT = 14;
const STEP = 2;

/** A bar for each minute. The highest fills the height; the present minute is at the right. */
function Minutes({ came, label }: { came: readonly number[]; label: string }) {
  const most = Math.max(1, ...came);
  const bars = came.flatMap((count, i) => {
    const height = count === 0 ? 0 : Math.max(1, Math.round((HEIGHT * count) / most));
    return height === 0 ? [] : [`M${i * STEP} ${HEIGHT - height}h1.5v${height}h-1.5z`];
  });
  return (
    <svg className={styles.minutes} role="img" aria-label={label} viewBox={`0 0 ${came.length * STEP} ${HEIGHT}`} width={came.length * STEP} height={HEIGHT}>
      <title>{label}</title>
      <path className={styles.ground} d={`M0 ${HEIGHT - 0.5}h${came.length * STEP}`} />
      <path d={bars.join('')} />
    </svg>
  );
}
