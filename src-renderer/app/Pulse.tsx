import { Unplug } from 'lucide-react';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { useFigures } from '#kit/board/useFigures.ts';
import { useClock } from '#kit/locale/clock.ts';
import { formatAgo } from '#kit/locale/format.ts';
import { useFormats } from '#kit/locale/locale.ts';
import { hashOf } from '#kit/navigation/route.ts';
import { useBoard } from '#link/board.ts';
import { useConnection } from '#link/connection.ts';
import { useFlow } from '#link/flow.ts';
import type { SourceFlow } from '#shared/contract/flow.ts';
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
      <Faults />
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

/** Sources that are silent, else refused contacts: the place is for one of them, and silent sources lose contacts. */
function Faults() {
  const flow = useFlow((state) => state.flow);
  const sources = useBoard((board) => board.sources);
  const silent = (flow?.sources ?? []).filter(({ source_id, is_silent }) => is_silent && sources[source_id]?.is_archived === false);
  return silent.length === 0 ? <Refused /> : <Silent sources={silent} />;
}

function Silent({ sources }: { sources: readonly SourceFlow[] }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const [first] = sources;
  const name = useBoard((board) => (first && board.sources[first.source_id]?.name) ?? '');
  const since = useClock((now) => t('pulse.silent_for', { time: formatAgo(now - (first?.last_at ?? now), t) }));
  const [aside, target] = sources.length === 1 ? [name, since] : ['', ''];
  const label = t('pulse.silent', { count: sources.length });
  return <Figure figure={{ name: 'silent', value: number(sources.length), aside, label, target, tone: 'bad', href: hashOf('sources') }} />;
}

function Refused() {
  const { t } = useTranslation();
  const { number } = useFormats();
  const refused = useBoard((board) => board.refused);
  if (refused === 0) return null;
  const label = t('pulse.refused', { count: refused });
  return <Figure figure={{ name: 'refused', value: number(refused), aside: '', label, target: '', tone: 'warn', href: hashOf('refused') }} />;
}
