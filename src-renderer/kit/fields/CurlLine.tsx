import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Scrollable } from '#kit/layout/Scrollable.tsx';
import { useInfo } from '#link/info.ts';
import { CopyButton } from './CopyButton.tsx';
import styles from './code.module.css';
import { curlLine } from './curl.ts';

/** The command that submits a contact with this key, ready to paste into a terminal. */
export function CurlLine({ api_key }: { api_key: string }) {
  const { t } = useTranslation();
  const info = useInfo((state) => state.info);
  const [once] = useState(() => `hello-${crypto.randomUUID().slice(0, 8)}`);
  const line = curlLine(info ?? { api_url: '', fingerprint: null }, api_key, { name: t('curl.lead_name'), message: t('curl.lead_message') }, once);
  return (
    <div className={styles.block}>
      <Scrollable label={t('curl.label')} className={styles.code} testId="curl">
        <pre>{line}</pre>
      </Scrollable>
      <div className={styles.actions}>
        <CopyButton text={() => line} label={t('curl.copy')} variant="filled" />
      </div>
    </div>
  );
}
