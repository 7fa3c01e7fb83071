import { Kbd, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { screens } from '../kit/route.ts';
import { Toggle } from '../kit/Toggle.tsx';
import styles from './KeysHelp.module.css';
import { useSingleKeys } from './keys.ts';

const anywhere = [
  { keys: ['Ctrl', 'K'], text: 'palette' },
  { keys: ['F11'], text: 'wallboard' },
  { keys: ['Esc'], text: 'close' },
] as const;
const general = [
  { keys: ['1', '…', String(Math.min(screens.length, 9))], text: 'screens' },
  { keys: ['/'], text: 'search' },
  { keys: ['u'], text: 'undo' },
  { keys: ['?'], text: 'help' },
] as const;
const rows = [
  { keys: ['j', 'k'], text: 'rows' },
  { keys: ['Enter'], text: 'open' },
  { keys: ['Space'], text: 'toggle' },
  { keys: ['e'], text: 'edit' },
  { keys: ['x'], text: 'mark' },
  { keys: ['c'], text: 'close_contact' },
  { keys: ['r'], text: 'reassign' },
  { keys: ['b'], text: 'put_back' },
] as const;
const weights = [
  { keys: ['←', '↑', '↓', '→'], text: 'move' },
  { keys: ['0', '…', '9'], text: 'type' },
  { keys: ['Enter', 'Tab'], text: 'commit' },
  { keys: ['Delete'], text: 'remove' },
  { keys: ['Shift', '←', '…', '→'], text: 'select' },
  { keys: ['Ctrl', 'A'], text: 'select_all' },
  { keys: ['Ctrl', 'D', 'R'], text: 'fill' },
  { keys: ['Ctrl', 'Enter'], text: 'fill_selection' },
  { keys: ['Ctrl', 'C', 'V'], text: 'clipboard' },
  { keys: ['Ctrl', 'Z'], text: 'undo_edit' },
  { keys: ['Ctrl', 'S'], text: 'apply' },
] as const;
const sections = { anywhere, general, in_rows: rows, in_weights: weights } as const;

export function KeysHelp({ shown, onClose }: { shown: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const single = useSingleKeys();
  return (
    <Modal opened={shown} onClose={onClose} title={t('keys.title')} closeButtonProps={{ 'aria-label': t('common.close') }} size={760}>
      <div className={styles.columns}>
        {(Object.keys(sections) as (keyof typeof sections)[]).map((section) => (
          <section key={section}>
            <h3 className={styles.title}>{t(`keys.${section}`)}</h3>
            <dl className={styles.list}>
              {sections[section].map(({ keys, text }) => (
                <div key={text}>
                  <dt>{t(`keys.${text}`)}</dt>
                  <dd>{keys.map((key) => (key === '…' ? key : <Kbd key={key}>{key}</Kbd>))}</dd>
                </div>
              ))}
            </dl>
          </section>
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
