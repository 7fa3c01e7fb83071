import { Kbd, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { screens } from '../kit/route.ts';
import styles from './KeysHelp.module.css';

const general = [
  { keys: ['1', '…', String(screens.length)], text: 'screens' },
  { keys: ['j', 'k'], text: 'rows' },
  { keys: ['Enter'], text: 'open' },
  { keys: ['Space'], text: 'toggle' },
  { keys: ['?'], text: 'help' },
  { keys: ['Esc'], text: 'close' },
] as const;
const weights = [
  { keys: ['←', '↑', '↓', '→'], text: 'move' },
  { keys: ['0', '…', '9'], text: 'type' },
  { keys: ['Enter', 'Tab'], text: 'commit' },
  { keys: ['Delete'], text: 'remove' },
] as const;

export function KeysHelp({ shown, onClose }: { shown: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened={shown} onClose={onClose} title={t('keys.title')} closeButtonProps={{ 'aria-label': t('common.close') }} size={440}>
      <dl className={styles.list}>
        {general.map(({ keys, text }) => (
          <div key={text}>
            <dt>{t(`keys.${text}`)}</dt>
            <dd>{keys.map((key) => (key === '…' ? key : <Kbd key={key}>{key}</Kbd>))}</dd>
          </div>
        ))}
      </dl>
      <h3 className={styles.title}>{t('keys.in_weights')}</h3>
      <dl className={styles.list}>
        {weights.map(({ keys, text }) => (
          <div key={text}>
            <dt>{t(`keys.${text}`)}</dt>
            <dd>{keys.map((key) => (key === '…' ? key : <Kbd key={key}>{key}</Kbd>))}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
