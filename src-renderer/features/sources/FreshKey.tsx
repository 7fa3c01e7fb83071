import { Button, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '#kit/fields/CopyButton.tsx';
import { CurlLine } from '#kit/fields/CurlLine.tsx';
import styles from './Sources.module.css';
import { forgetFresh, useSources } from './store.ts';

/** The only place that ever shows a whole key. */
export function FreshKey() {
  const { t } = useTranslation();
  const fresh = useSources((state) => state.fresh);
  return (
    <Modal
      opened={fresh !== null}
      onClose={forgetFresh}
      title={t('sources.fresh_title', { name: fresh?.name ?? '' })}
      size={720}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {fresh && (
        <div className={styles.fresh}>
          <p>{t('sources.fresh_text')}</p>
          <div className={styles['fresh-key']}>
            <code data-testid="api-key">{fresh.api_key}</code>
            <CopyButton text={() => fresh.api_key} label={t('sources.copy_key')} />
          </div>
          <p>{t('sources.fresh_curl')}</p>
          <CurlLine api_key={fresh.api_key} />
          <div className={styles['fresh-foot']}>
            <Button variant="default" onClick={forgetFresh}>
              {t('sources.fresh_done')}
            </Button>
          </div>
        </div>
      )}
    </Modal>
  );
}
