import { X } from 'lucide-react';
import { type CSSProperties, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { reasonText } from '#kit/board/reason-text.ts';
import { ToneMark } from '#kit/board/ToneMark.tsx';
import { type ShownFigure, useFigures } from '#kit/board/useFigures.ts';
import { useClock } from '#kit/locale/clock.ts';
import { useFormats } from '#kit/locale/locale.ts';
import { UnencryptedMark } from '#kit/notices/UnencryptedMark.tsx';
import { useCalmBoard } from '#link/board.ts';
import { useConnection } from '#link/connection.ts';
import { costAt, waitingBySource } from '#link/derive.ts';
import { leaveWallboard } from './enter.ts';
import styles from './Wallboard.module.css';

/** Maximum of reasons that are readable from afar. */
const REASONS = 3;
const MINUTE_MS = 60_000;

/** The figures of the pulse for a screen on a wall: no controls, readable from five metres. */
export function Wallboard() {
  const { t } = useTranslation();
  const { clock } = useFormats();
  const minute = useClock((now) => Math.floor(now / MINUTE_MS));
  const figures = useFigures();
  const isOld = useConnection(({ lost_at }) => lost_at !== null);
  useEffect(() => {
    document.title = `${t('wallboard.title')} · Switchyard`;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' && event.code !== 'F11') return;
      event.preventDefault();
      leaveWallboard();
    };
    const onFullscreen = () => {
      if (!document.fullscreenElement) leaveWallboard();
    };
    document.addEventListener('keydown', onKey);
    document.addEventListener('fullscreenchange', onFullscreen);
    return () => {
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('fullscreenchange', onFullscreen);
    };
  }, [t]);
  return (
    <main className={styles.wall} data-testid="wallboard">
      <h1 className="sr-only">{t('wallboard.title')}</h1>
      <div className={styles.tiles} data-old={isOld || undefined}>
        {figures.map((figure) => (
          <Tile key={figure.name} figure={figure} />
        ))}
      </div>
      <footer className={styles.foot}>
        <Reasons />
        <UnencryptedMark className={styles.plain} size={24} />
        <span className={styles.clock}>{clock(minute * MINUTE_MS).slice(0, 5)}</span>
      </footer>
      <button type="button" className={styles.leave} onClick={leaveWallboard} aria-label={t('wallboard.leave')} title={t('wallboard.leave')}>
        <X size={24} aria-hidden="true" />
      </button>
    </main>
  );
}

function Tile({ figure: { name, value, aside, label, target, tone } }: { figure: ShownFigure }) {
  return (
    <section className={styles.tile} data-tone={tone} data-testid={`wall-${name}`}>
      <span className={styles.label}>{label}</span>
      <span className={styles.value}>
        <span className={styles.number} style={{ '--characters': value.length } as CSSProperties}>
          {value}
        </span>
        <span className={styles.mark}>
          <ToneMark tone={tone} size={96} />
        </span>
      </span>
      <span className={styles.notes}>{[aside, target].filter(Boolean).join(' · ')}</span>
    </section>
  );
}

function Reasons() {
  const { t } = useTranslation();
  const { number } = useFormats();
  const board = useCalmBoard();
  const now = useClock((moment) => moment - (moment % MINUTE_MS));
  const waiting = waitingBySource(board, now);
  if (waiting.length === 0) return <span className={styles.nobody}>{t('live.queue_empty')}</span>;
  const others = waiting.length > REASONS ? waiting.slice(REASONS - 1) : []; // two or more: they share the last line
  return (
    <ul className={styles.reasons}>
      {waiting.slice(0, waiting.length - others.length).map(({ source_id, count, reason }) => (
        <li key={source_id}>
          <b>{number(count)}</b> {board.sources[source_id]?.name}: {reason ? reasonText(reason, costAt(board, source_id), t) : t('reasons.going')}
        </li>
      ))}
      {others.length > 0 && (
        <li>
          <b>{number(others.reduce((sum, { count }) => sum + count, 0))}</b> {t('wallboard.others', { count: others.length })}
        </li>
      )}
    </ul>
  );
}
