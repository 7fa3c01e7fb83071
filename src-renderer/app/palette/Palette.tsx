import { Kbd, Modal } from '@mantine/core';
import { Activity, Inbox, type LucideIcon, MessageSquare, Plug, Search, User, Zap } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { find, findSimilar } from '#kit/fields/match.ts';
import styles from './Palette.module.css';
import { recentIds, remember } from './recent.ts';
import { useFound } from './useFound.ts';
import { type Group, type Item, useItems } from './useItems.ts';

const icons: Record<Group, LucideIcon> = { screens: Activity, operators: User, sources: Plug, actions: Zap, leads: Inbox, contacts: MessageSquare };
const groups = Object.keys(icons) as Group[]; // Object.keys loses the type of the keys
/** Maximum of each group, so that all groups fit. */
const EACH = 6;

interface PaletteProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly showHelp: () => void;
}

/** Command palette: finds anything by part of its name, in either language or keyboard layout. */
export function Palette({ isOpen, onClose, showHelp }: PaletteProps) {
  const { t } = useTranslation();
  return (
    <Modal.Root
      opened={isOpen}
      onClose={onClose}
      size={620}
      centered={false}
      yOffset={88}
      transitionProps={{ duration: 0 }}
      classNames={{ content: styles.content ?? '' }}
    >
      <Modal.Overlay backgroundOpacity={0.35} />
      <Modal.Content aria-label={t('palette.title')}>
        <Modal.Body p={0}>{isOpen && <Finder showHelp={showHelp} onClose={onClose} />}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

interface ShownGroup {
  readonly title: string;
  readonly items: readonly Item[];
}

/** Mounted only while open, so a closed palette does no work. The field keeps the focus; arrows move through the results. */
function Finder({ showHelp, onClose }: { showHelp: () => void; onClose: () => void }) {
  const { t } = useTranslation();
  const list = useId();
  const [text, setText] = useState('');
  const [chosen, choose] = useState<string | null>(null);
  const { shown, searching } = useShown(text, showHelp);
  const all = shown.flatMap(({ items }) => items);
  // by id: later results from the host must not change what Enter does
  const at = Math.max(
    0,
    all.findIndex(({ id }) => id === chosen),
  );
  const optionId = (item: Item) => `${list}-${item.id}`;
  const run = (item: Item | undefined) => {
    if (!item) return;
    remember(item.id);
    onClose();
    item.run();
  };
  const step = (by: number) => {
    const next = all[(at + by + all.length) % all.length];
    if (!next) return;
    choose(next.id);
    document.getElementById(optionId(next))?.scrollIntoView({ block: 'nearest' });
  };
  const current = all[at];
  return (
    <>
      <div className={styles.field}>
        <Search size={18} aria-hidden="true" />
        <input
          data-autofocus
          role="combobox"
          type="text"
          aria-expanded
          aria-autocomplete="list"
          aria-controls={list}
          aria-activedescendant={current && optionId(current)}
          aria-label={t('palette.title')}
          placeholder={t('palette.placeholder')}
          value={text}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setText(event.currentTarget.value);
            choose(null);
          }}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            if (event.key === 'ArrowDown') step(1);
            else if (event.key === 'ArrowUp') step(-1);
            else if (event.key === 'Enter') run(current);
            else return;
            event.preventDefault();
          }}
        />
      </div>
      <div role="listbox" id={list} aria-label={t('palette.found')} className={styles.list} tabIndex={-1}>
        {shown.map(({ title, items }) => (
          // biome-ignore lint/a11y/useSemanticElements: options of a list, not fields of a form
          <div key={title} role="group" aria-label={title} className={styles.group}>
            <div className={styles.title} aria-hidden="true">
              {title}
            </div>
            {items.map((item) => (
              <div
                key={item.id}
                id={optionId(item)}
                role="option"
                tabIndex={-1}
                aria-selected={item === current}
                className={styles.line}
                onPointerUp={() => run(item)} // the field above handles the keys
                onMouseMove={() => item === current || choose(item.id)}
                data-testid={`palette-${item.id}`}
              >
                <Line item={item} />
              </div>
            ))}
          </div>
        ))}
      </div>
      <p role="status" className={styles.none}>
        {all.length === 0 && t(searching ? 'palette.searching' : 'palette.nothing')}
      </p>
    </>
  );
}

/** Matches in non-empty groups; without a match, similar names. */
function useShown(text: string, showHelp: () => void): { readonly shown: readonly ShownGroup[]; readonly searching: boolean } {
  const { t } = useTranslation();
  const items = useItems(showHelp);
  const { items: found, searching } = useFound(text);
  const of = (group: Group) => items.filter((item) => item.group === group);
  const some = (all: readonly ShownGroup[]) => all.filter((group) => group.items.length > 0);
  if (text.trim() === '') {
    const recent = recentIds().flatMap((id) => items.find((item) => item.id === id) ?? []);
    const others = (group: Group) => ({ title: t(`palette.groups.${group}`), items: of(group).filter((item) => !recent.includes(item)) });
    return { shown: some([{ title: t('palette.recent'), items: recent }, others('screens'), others('actions')]), searching: false };
  }
  const fitting = some(
    groups.map((group) => ({
      title: t(`palette.groups.${group}`),
      items: group === 'leads' || group === 'contacts' ? found.filter((item) => item.group === group) : find(of(group), text, EACH),
    })),
  );
  if (fitting.some((group) => group.items.some((item) => !found.includes(item)))) return { shown: fitting, searching };
  return { shown: some([...fitting, { title: t('palette.similar'), items: findSimilar(items, text, EACH) }]), searching };
}

function Line({ item: { group, icon: Icon = icons[group], names, note, keys } }: { item: Item }) {
  return (
    <>
      <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
      <span className={styles.name}>{names[0]}</span>
      {note && <span className={styles.note}>{note}</span>}
      {keys && <Kbd className={styles.keys}>{keys}</Kbd>}
    </>
  );
}
