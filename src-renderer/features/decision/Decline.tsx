import { Button, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DECLINE_REASON_MAX } from '#shared/contract/limits.ts';
import styles from './Decision.module.css';

/** Asks for the reason for declining, which may be left blank. */
export function Decline({ onDecline, onCancel }: { onDecline: (reason: string) => void; onCancel: () => void }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <form
      className={styles.decline}
      onSubmit={(event) => {
        event.preventDefault();
        onDecline(reason);
      }}
    >
      <TextInput
        ref={field}
        className={styles['decline-reason'] ?? ''}
        aria-label={t('decision.decline_reason')}
        placeholder={t('decision.decline_reason')}
        maxLength={DECLINE_REASON_MAX}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button variant="default" onClick={onCancel}>
        {t('common.cancel')}
      </Button>
      <Button type="submit">{t('decision.decline')}</Button>
    </form>
  );
}
