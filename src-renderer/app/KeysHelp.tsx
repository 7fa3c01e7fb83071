import { Kbd, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Toggle } from '#kit/fields/Toggle.tsx';
import { COMMAND_KEY } from '#kit/navigation/command-key.ts';
import { screens } from '#kit/navigation/route.ts';
import styles from './KeysHelp.module.css';
import { useSingleKeys } from './keys.ts';

/** Keys pressed together are joined by a plus; `…` stands for a range. */
const anywhere = [
  { keys: ['Ctrl+K'], text: 'palette' },
  { keys: ['Ctrl+,'], text: 'settings' },
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
  { keys: ['Shift', 'x'], text: 'mark_through' },
  { keys: ['c'], text: 'close_contact' },
  { keys: ['r'], text: 'reassign' },
  { keys: ['b'], text: 'put_back' },
] as const;
const weights = [
  { keys: ['←', '↑', '↓', '→'], text: 'move' },
  { keys: ['Ctrl+←', '…', '→'], text: 'edges' },
  { keys: ['0', '…', '9'], text: 'type' },
  { keys: ['Enter', 'Tab'], text: 'commit' },
  { keys: ['Delete'], text: 'remove' },
  { keys: ['Shift+←', '…', '→'], text: 'select' },
  { keys: ['Ctrl+A'], text: 'select_all' },
  { keys: ['Ctrl+Space', 'Shift+Space'], text: 'select_whole' },
  { keys: ['Ctrl+D', 'Ctrl+R'], text: 'fill' },
  { keys: ['Ctrl+Enter'], text: 'fill_selection' },
  { keys: ['Ctrl+C', 'Ctrl+V'], text: 'clipboard' },
  { keys: ['Ctrl+Z'], text: 'undo_edit' },
  { keys: ['Ctrl+Y'], text: 'redo_edit' },
  { keys: ['Ctrl+S'], text: 'apply' },
] as const;
/** In a browser these belong to the browser. */
const ofWindow = [
  { keys: ['Ctrl+-', 'Ctrl++', 'Ctrl+0'], text: 'zoom' },
  { keys: ['Shift+F11'], text: 'full_screen' },
  { keys: ['F5'], text: 'reload' },
] as const;
/** Side by side. */
const columns = [
  [{ title: 'anywhere', keys: anywhere }, { title: 'general', keys: general }, ...(window.switchyard ? [{ title: 'in_window', keys: ofWindow } as const] : [])],
  [{ title: 'in_rows', keys: rows }],
  [{ title: 'in_weights', keys: weights }],
] as const;

export function KeysHelp({ shown, onClose }: { shown: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const single = useSingleKeys();
  return (
    <Modal opened={shown} onClose={onClose} title={t('keys.title')} closeButtonProps={{ 'aria-label': t('common.close') }} size={1120}>
      <p className={styles.hint}>{t('keys.layout')}</p>
      <div className={styles.columns}>
        {columns.map((sections) => (
          <div key={sections[0].title}>
            {sections.map(({ title, keys: all }) => (
              <section key={title}>
                <h3 className={styles.title}>{t(`keys.${title}`)}</h3>
                <dl className={styles.list}>
                  {all.map(({ keys, text }) => (
                    <div key={text}>
                      <dt>{t(`keys.${text}`)}</dt>
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
