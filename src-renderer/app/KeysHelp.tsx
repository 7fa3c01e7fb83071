import { Kbd, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Toggle } from '#kit/fields/Toggle.tsx';
import { COMMAND_KEY } from '#kit/navigation/command-key.ts';
import { type KeySection, keyTable } from '#shared/keys.ts';
import styles from './KeysHelp.module.css';
import { useSingleKeys } from './keys.ts';

/** Columns, side by side. */
const columns: readonly (readonly [KeySection, ...KeySection[]])[] = [
  ['anywhere', 'general', ...(window.switchyard ? ['in_window' as const] : [])],
  ['in_rows', 'in_lists', 'in_contacts', 'in_operators'],
  ['in_weights'],
];

export function KeysHelp({ shown, onClose }: { shown: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const single = useSingleKeys();
  return (
    <Modal opened={shown} onClose={onClose} title={t('keys.title')} closeButtonProps={{ 'aria-label': t('common.close') }} size={1120}>
      <p className={styles.hint}>{t('keys.layout')}</p>
      <div className={styles.columns}>
        {columns.map((sections) => (
          <div key={sections[0]}>
            {sections.map((title) => (
              <section key={title}>
                <h3 className={styles.title}>{t(`keys.${title}`)}</h3>
                <dl className={styles.list}>
                  {keyTable[title].map(({ name, keys }) => (
                    <div key={name}>
                      <dt>{t(`keys.${name}`)}</dt>
                      <dd>{keys.map((key) => (key === '…' ? key : <Together key={key} keys={key} />))}</dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
          </div>
        ))}
      </div>
      <div className={styles.single}>
        <Toggle on={single.on} busy={false} label={t('keys.single')} onToggle={single.set} />
        <span>
          {t('keys.single')}
          <span className={styles.hint}>{t('keys.single_hint')}</span>
        </span>
      </div>
    </Modal>
  );
}

/** Keys pressed together, as labelled on the keyboard. */
function Together({ keys }: { keys: string }) {
  const each = keys.split(/\+(?=.)/);
  return (
    <span className={styles.together}>
      {each.map((key) => (
        <Kbd key={key}>{key === 'Ctrl' ? COMMAND_KEY : key}</Kbd>
      ))}
    </span>
  );
}
