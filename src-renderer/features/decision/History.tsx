import { useTranslation } from 'react-i18next';
import { useClock } from '#kit/locale/clock.ts';
import { formatMoment } from '#kit/locale/format.ts';
import { useFormats } from '#kit/locale/locale.ts';
import type { Decision } from '#shared/contract/entities.ts';
import styles from './Decision.module.css';

interface HistoryProps {
  readonly history: readonly Decision[];
  readonly closed_at: string | null;
  readonly shown: number;
  readonly onPick: (id: number) => void;
}

/** All decisions about the contact, oldest first, and its closing; one is selected. */
export function History({ history, closed_at, shown, onPick }: HistoryProps) {
  const { t } = useTranslation();
  return (
    <fieldset aria-label={t('decision.history')} className={styles.history}>
      {history.map((item) => (
        <button key={item.id} type="button" aria-pressed={item.id === shown} onClick={() => onPick(item.id)}>
          <Moment at={item.at} />
          <bdi className={styles.whom}>
            {item.operator ? item.operator.name : item.kind === 'closed_by_rule' ? t('contacts.state.closed') : t('decision.to_queue')}
          </bdi>
          <small>{item.kind === 'draw' && item.r === null ? t('decision.on_arrival') : t(`kinds.${item.kind}`)}</small>
        </button>
      ))}
      {closed_at !== null && history.at(-1)?.kind !== 'closed_by_rule' && (
        <span className={styles.end}>
          <Moment at={closed_at} />
          {t('contacts.state.closed')}
        </span>
      )}
    </fieldset>
  );
}

function Moment({ at }: { at: string }) {
  const { language, zone } = useFormats();
  const moment = useClock((now) => formatMoment(Date.parse(at), now, language, zone));
  return <time dateTime={at}>{moment}</time>;
}
