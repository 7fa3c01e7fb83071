import { useTranslation } from 'react-i18next';
import { useClock } from '../kit/clock.ts';
import { formatDuration } from '../kit/format.ts';
import { useDay, useFormats } from '../kit/reading.ts';
import { activeTone, loadTone, waitTone } from '../kit/thresholds.ts';
import { useBoard } from '../link/board.ts';
import { pulseOf } from '../link/derive.ts';
import { DemoMark } from './DemoMark.tsx';
import { Figure } from './Figure.tsx';
import styles from './Pulse.module.css';

/** The same figures on every screen: who waits, who drowns, what is broken. */
export function Pulse() {
  const { t } = useTranslation();
  const { number, percent } = useFormats();
  const day = useDay();
  const pulse = useBoard((board) => board);
  const { waiting, oldest_at, load, capacity, active, operators, assigned_today, refused } = pulseOf(pulse, day);
  const oldestMs = useClock((now) => (oldest_at === null ? 0 : Math.max(0, Math.floor((now - oldest_at) / 1000) * 1000)));
  const free = capacity - load;
  return (
    <section className={styles.pulse} aria-label={t('pulse.title')} data-testid="pulse">
      <Figure
        to="live"
        value={number(waiting)}
        label={t('pulse.waiting', { count: waiting })}
        note={waiting > 0 && oldest_at !== null ? formatDuration(oldestMs, t) : ''}
        tone={waitTone(waiting, oldestMs)}
        testId="pulse-waiting"
      />
      <Figure
        to="live"
        value={capacity === 0 ? '–' : percent(load / capacity)}
        label={t('pulse.load')}
        note={capacity === 0 ? '' : t('pulse.free', { n: number(free) })}
        tone={loadTone(load, capacity)}
        testId="pulse-load"
      />
      <Figure
        to="operators"
        value={`${number(active)} / ${number(operators)}`}
        label={t('pulse.active')}
        note={active === 0 && operators > 0 ? t('pulse.nobody_active') : ''}
        tone={activeTone(active, operators)}
        testId="pulse-active"
      />
      <Figure to="live" value={number(assigned_today)} label={t('pulse.assigned_today', { count: assigned_today })} note="" tone="calm" testId="pulse-today" />
      {refused > 0 && <Figure to="refused" value={number(refused)} label={t('pulse.refused', { count: refused })} note="" tone="warn" testId="pulse-refused" />}
      <DemoMark />
    </section>
  );
}
