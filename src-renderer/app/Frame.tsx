import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { DecisionCard } from '../features/decision/DecisionCard.tsx';
import { useRoute } from '../kit/route.ts';
import { useBoardState } from '../link/board.ts';
import { Banners } from './Banners.tsx';
import { Connecting } from './Connecting.tsx';
import styles from './Frame.module.css';
import { KeysHelp } from './KeysHelp.tsx';
import { useKeys } from './keys.ts';
import { Pulse } from './Pulse.tsx';
import { Rail } from './Rail.tsx';
import { CurrentScreen } from './screens.tsx';

export function Frame() {
  const { t } = useTranslation();
  const screen = useRoute((route) => route.screen);
  const contact_id = useRoute((route) => route.contact_id);
  const ready = useBoardState((state) => state.board !== null);
  const { helpShown, hideHelp, showHelp } = useKeys();
  useEffect(() => {
    document.title = `${t(`screens.${screen}`)} · Switchyard`;
  }, [screen, t]);
  return (
    <div className={styles.frame}>
      <a className={styles.skip} href={`#/${screen}`} onClick={() => document.querySelector<HTMLElement>('main')?.focus()}>
        {t('frame.skip')}
      </a>
      <Rail screen={screen} onKeys={showHelp} />
      <Pulse />
      <main className={styles.main} tabIndex={-1}>
        <h1 className="sr-only">{t(`screens.${screen}`)}</h1>
        {ready ? <CurrentScreen screen={screen} /> : <Connecting />}
      </main>
      <Banners />
      {ready && contact_id !== null && <DecisionCard key={contact_id} contact_id={contact_id} />}
      <KeysHelp shown={helpShown} onClose={hideHelp} />
    </div>
  );
}
