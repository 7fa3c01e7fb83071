import { Keyboard, PanelLeftClose, PanelLeftOpen, Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { BackupsMark } from '#features/backups/BackupsMark.tsx';
import tones from '#kit/board/tone.module.css';
import { useFormats } from '#kit/locale/locale.ts';
import { COMMAND_KEY } from '#kit/navigation/command-key.ts';
import { hashOf, type Screen, screens } from '#kit/navigation/route.ts';
import { useBoard } from '#link/board.ts';
import { useConnection } from '#link/connection.ts';
import { useSettings } from '#link/settings.ts';
import { type Tone, toneOf, waitingTotal } from '#shared/figures.ts';
import { DemoMark } from './DemoMark.tsx';
import { Preferences } from './Preferences.tsx';
import styles from './Rail.module.css';
import { useFold, useRail } from './rail-state.ts';
import { screenIcons } from './screen-icons.ts';

export function Rail({ screen, onKeys, onPalette }: { screen: Screen; onKeys: () => void; onPalette: () => void }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const waiting = useBoard(waitingTotal);
  const refused = useBoard((board) => board.refused);
  const suggested = useBoard((board) => board.suggested_merges);
  const { folded, narrow } = useFold();
  const toggle = useRail((rail) => rail.toggle);
  const foldIt = t(folded ? 'frame.unfold' : 'frame.fold');
  const Fold = folded ? PanelLeftOpen : PanelLeftClose;
  const counts: Partial<Record<Screen, number>> = { contacts: waiting, leads: suggested, refused };
  const { thresholds } = useSettings();
  const isOld = useConnection(({ lost_at }) => lost_at !== null);
  const countTones: Partial<Record<Screen, Tone>> = isOld ? {} : { contacts: toneOf('waiting', waiting, thresholds), refused: 'warn' };
  const countNames: Partial<Record<Screen, string>> = { contacts: t('frame.waiting_here'), leads: t('frame.suggested_here'), refused: t('frame.refused_here') };
  return (
    <nav className={styles.rail} data-folded={folded || undefined} aria-label={t('frame.screens')}>
      <div className={styles.brand}>
        <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
          <path d="M3 10h4c3 0 3-6 6-6h4M7 10c3 0 3 6 6 6h4M7 10h10" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
        </svg>
        <span className={styles.word}>Switchyard</span>
      </div>
      <ul className={styles.list}>
        {screens.map((name) => {
          const Icon = screenIcons[name];
          const count = counts[name] ?? 0;
          return (
            <li key={name}>
              <a className={styles.item} href={hashOf(name)} aria-current={name === screen ? 'page' : undefined} title={t(`screens.${name}`)}>
                <Icon size={18} strokeWidth={1.75} aria-hidden="true" />
                <span className={styles.word}>{t(`screens.${name}`)}</span>
                {count > 0 && (
                  <span className={`${styles.count} ${tones.tone}`} data-tone={countTones[name]}>
                    {number(count)}
                    <span className="sr-only">{countNames[name]}</span>
                  </span>
                )}
                {name === 'backups' && <BackupsMark wordClass={styles.word} />}
              </a>
            </li>
          );
        })}
      </ul>
      <DemoMark />
      <div className={styles.foot}>
        <button type="button" className={styles.tool} aria-label={t('palette.title')} title={`${t('palette.title')} (${COMMAND_KEY}+K)`} onClick={onPalette}>
          <Search size={18} strokeWidth={1.75} aria-hidden="true" />
        </button>
        <Preferences />
        <button type="button" className={styles.tool} aria-label={t('keys.title')} title={t('keys.title')} onClick={onKeys}>
          <Keyboard size={18} strokeWidth={1.75} aria-hidden="true" />
        </button>
        {!narrow && (
          <button type="button" className={styles.tool} aria-label={foldIt} title={foldIt} onClick={toggle}>
            <Fold size={18} strokeWidth={1.75} aria-hidden="true" />
          </button>
        )}
      </div>
    </nav>
  );
}
