import { Button } from '@mantine/core';
import { Coffee, Headset } from 'lucide-react';
import { useState } from 'react';
import { Lasting } from '#kit/locale/Ago.tsx';
import { useFormats } from '#kit/locale/locale.ts';
import { act, useOutbox } from '#link/outbox.ts';
import { chosenReasons, type Operator } from '#shared/contract/entities.ts';
import styles from './OperatorPage.module.css';

/** Whether the operator is on line, since when and why not, and the switch. */
export function Presence({ operator, held }: { operator: Operator; held: number }) {
  const { t, number } = useFormats();
  const [isChoosing, setChoosing] = useState(false);
  const isUnderWay = useOutbox(({ unsent }) => unsent.some(({ deed }) => deed.kind === 'pause' || deed.kind === 'resume'));
  const { is_active, inactive_reason, max_load, current_load, state } = operator;
  const Icon = is_active ? Headset : Coffee;
  return (
    <section className={styles.presence} data-active={is_active || undefined} aria-label={t('own.presence')}>
      <div className={styles.presenceLine}>
        <Icon size={20} aria-hidden="true" />
        <span className={styles.now}>
          <strong>{is_active ? t('own.on_line') : t('own.away')}</strong>
          {!is_active && inactive_reason !== null && `: ${t(`inactive.${inactive_reason}`)}`} · <Lasting since={Date.parse(state.since)} />
        </span>
        {is_active ? (
          <Button size="sm" variant="default" aria-expanded={isChoosing} disabled={isUnderWay} onClick={() => setChoosing(!isChoosing)}>
            {t('own.pause')}
          </Button>
        ) : (
          <Button size="sm" disabled={isUnderWay} onClick={() => act({ kind: 'resume' })}>
            {t('own.back')}
          </Button>
        )}
      </div>
      {isChoosing && is_active && (
        <fieldset className={styles.reasons} aria-label={t('own.pause_why')}>
          {chosenReasons.map((reason) => (
            <Button
              key={reason}
              size="sm"
              variant="default"
              onClick={() => {
                setChoosing(false);
                act({ kind: 'pause', reason });
              }}
            >
              {t(`inactive.${reason}`)}
            </Button>
          ))}
        </fieldset>
      )}
      <div className={styles.load}>
        {t('own.load', { load: number(current_load), max_load: number(max_load) })}
        {!is_active && held > 0 && ` · ${t('own.keeps', { count: held })}`}
      </div>
    </section>
  );
}
