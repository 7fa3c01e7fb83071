import { useTranslation } from 'react-i18next';
import type { Decision } from '#shared/contract/entities.ts';
import { useClock } from '../../kit/clock.ts';
import { formatMoment } from '../../kit/format.ts';
import { useFormats } from '../../kit/reading.ts';
import styles from './Decision.module.css';

/** All decisions about the contact, from the first; one is shown. */
export function History({ history, shown, onPick }: { history: readonly Decision[]; shown: number; onPick: (id: number) => void }) {
  const { t } = useTranslation();
  const { language, zone } = useFormats();
  const moments = useClock((now) => history.map((item) => formatMoment(Date.parse(item.at), now, language, zone)).join('\n')).split('\n');
  return (
    <fieldset aria-label={t('decision.history')} className={styles.history}>
      {history.map((item, nth) => (
        <button key={item.id} type="button" aria-pressed={item.id === shown} onClick={() => onPick(item.id)}>
          <time dateTime={item.at}>{moments[nth]}</time>
          {item.operator ? item.operator.name : t('decision.to_queue')}
          <small>{t(`kinds.${item.kind}`)}</small>
        </button>
      ))}
    </fieldset>
  );
}
