import { useTranslation } from 'react-i18next';
import { CopyButton } from '#kit/fields/CopyButton.tsx';
import { Panel } from '#kit/layout/Panel.tsx';
import { useInfo } from '#link/info.ts';
import { Row } from './Row.tsx';
import styles from './Settings.module.css';

/** Where bots and browsers reach the desk, and how a stranger's certificate would be noticed. */
export function Addresses() {
  const { t } = useTranslation();
  const info = useInfo((state) => state.info);
  if (info === null) return null;
  const { api_url, network, fingerprint } = info;
  return (
    <Panel title={t('network.title')} testId="addresses">
      <Row name={api_url} text={t(network === 'plain' ? 'network.plain_text' : `network.${network}`)}>
        <CopyButton text={() => api_url} />
      </Row>
      {fingerprint !== null && (
        <>
          <Row name={t('network.fingerprint')} text={t('network.fingerprint_text')}>
            <CopyButton text={() => fingerprint} />
          </Row>
          <code className={styles.fingerprint} data-testid="fingerprint">
            {fingerprint}
          </code>
        </>
      )}
    </Panel>
  );
}
