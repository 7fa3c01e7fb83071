import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DecisionCard } from '#features/decision/DecisionCard.tsx';
import { keepFocus } from '#kit/navigation/keep-focus.ts';
import { lazy } from '#kit/navigation/lazy.tsx';
import { openLead, useRoute } from '#kit/navigation/route.ts';
import { ErrorBoundary } from '#kit/notices/ErrorBoundary.tsx';
import { useBoardState } from '#link/board.ts';
import { useConnection } from '#link/connection.ts';
import { Aside } from './Aside.tsx';
import { Connecting } from './Connecting.tsx';
import styles from './Frame.module.css';
import { KeysHelp } from './KeysHelp.tsx';
import { useKeys } from './keys.ts';
import { Pulse } from './Pulse.tsx';
import { Rail } from './Rail.tsx';
import { useFold } from './rail-state.ts';
import { followRows } from './rows.ts';
import { CurrentScreen, fetchScreens } from './screens.tsx';

/** Not part of the first paint. Fetched right after it, so that keys typed after Ctrl+K are not lost. */
const palette = lazy(async () => (await import('./rest.ts')).Palette);
const leadCard = lazy(async () => (await import('./rest.ts')).LeadCard);

export function Frame() {
  const { t } = useTranslation();
  const screen = useRoute((route) => route.screen);
  const contact_id = useRoute((route) => route.contact_id);
  const lead_id = useRoute((route) => route.lead_id);
  const ready = useBoardState((state) => state.board !== null);
  const [helpShown, setHelp] = useState(false);
  /** null until it is opened */
  const [paletteOpen, setPalette] = useState<boolean | null>(null);
  const showHelp = useCallback(() => setHelp(true), []);
  const togglePalette = useCallback(() => setPalette((isOpen) => !isOpen), []);
  const closePalette = useCallback(() => setPalette(false), []);
  useKeys({ showHelp, openPalette: togglePalette });
  useEffect(keepFocus, []);
  useEffect(followRows, []);
  const { folded } = useFold();
  const isOld = useConnection(({ lost_at }) => lost_at !== null);
  useEffect(() => {
    if (!ready) return;
    requestIdleCallback(() => {
      void palette.fetch().catch(() => undefined);
      void leadCard.fetch().catch(() => undefined);
      fetchScreens();
    });
  }, [ready]);
  useEffect(() => {
    document.title = `${t(`screens.${screen}`)} · Switchyard`;
  }, [screen, t]);
  return (
    <div className={styles.frame} data-folded={folded || undefined}>
      <a className={styles.skip} href={`#/${screen}`} onClick={() => document.querySelector<HTMLElement>('main')?.focus()}>
        {t('frame.skip')}
      </a>
      <Rail screen={screen} onKeys={showHelp} onPalette={togglePalette} />
      <Pulse />
      <main className={styles.main} data-old={isOld || undefined} tabIndex={-1}>
        <h1 className="sr-only">{t(`screens.${screen}`)}</h1>
        <ErrorBoundary key={screen}>{ready ? <CurrentScreen screen={screen} /> : <Connecting />}</ErrorBoundary>
      </main>
      {ready && lead_id !== null && (
        <Aside key={lead_id} onClose={() => openLead(null)}>
          <leadCard.Part lead_id={lead_id} isCovered={contact_id !== null} />
        </Aside>
      )}
      {ready && contact_id !== null && <DecisionCard key={contact_id} contact_id={contact_id} />}
      <KeysHelp shown={helpShown} onClose={() => setHelp(false)} />
      {ready && paletteOpen !== null && (
        <Aside onClose={() => setPalette(null)}>
          <palette.Part isOpen={paletteOpen} onClose={closePalette} showHelp={showHelp} />
        </Aside>
      )}
    </div>
  );
}
