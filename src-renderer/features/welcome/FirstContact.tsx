import { Button } from '@mantine/core';
import { Check } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '#kit/fields/CopyButton.tsx';
import { CurlLine } from '#kit/fields/CurlLine.tsx';
import { Lasting } from '#kit/locale/Ago.tsx';
import { formatHandle } from '#kit/locale/format.ts';
import { useFormats } from '#kit/locale/locale.ts';
import { hashOf, openContact } from '#kit/navigation/route.ts';
import { useBoard } from '#link/board.ts';
import { hostNow } from '#link/host-clock.ts';
import { chanceOfDrawn } from '#shared/distribution/chance.ts';
import { leaveWelcome } from './store.ts';
import styles from './Welcome.module.css';

/** The key, the command to run, and the wait for the first contact. */
export function AwaitFirst({ api_key }: { api_key: string }) {
  const { t } = useTranslation();
  const [since] = useState(hostNow);
  const refused = useBoard((board) => board.refused);
  return (
    <div className={styles.curl}>
      <div className={styles.key}>
        <code data-testid="api-key">{api_key}</code>
        <CopyButton text={() => api_key} label={t('sources.copy_key')} />
      </div>
      <p className={styles.once}>{t('sources.fresh_text')}</p>
      <CurlLine api_key={api_key} />
      <p className={styles.listening}>
        <span className={styles.beat} aria-hidden="true" />
        <span role="status">{t('welcome.listening')}</span>
        <span className={styles.waited} aria-hidden="true">
          <Lasting since={since} />
        </span>
      </p>
      {refused > 0 && (
        <p role="alert" className={styles.refused}>
          {t('welcome.refused')} <a href={hashOf('refused')}>{t('welcome.refused_open')}</a>
        </p>
      )}
    </div>
  );
}

/** The contact has arrived: its operator, the probability, and the next step. */
export function FirstArrived() {
  const { t } = useTranslation();
  const { percent } = useFormats();
  const first = useBoard((board) => board.recent.at(-1));
  const operator = useBoard((board) => (first?.operator_id == null ? null : board.operators[first.operator_id]?.name));
  if (!first) return null;
  const handle = formatHandle(first.lead.handle);
  const drawn = chanceOfDrawn(first);
  return (
    <div className={styles.arrived} role="status">
      <span className={styles.tick} aria-hidden="true">
        <Check size={20} strokeWidth={2.5} />
      </span>
      <div className={styles.news}>
        <b>{t('welcome.arrived')}</b>
        <p>
          {operator ? t('welcome.arrived_to', { handle, name: operator }) : t('welcome.arrived_waits', { handle })}
          {drawn === null ? '' : ` · ${percent(drawn)}`}{' '}
          <button type="button" className={styles.why} onClick={() => openContact(first.contact_id)}>
            {t('common.why')}
          </button>
        </p>
      </div>
      <Button size="sm" onClick={leaveWelcome}>
        {t('welcome.open_shift')}
      </Button>
    </div>
  );
}
