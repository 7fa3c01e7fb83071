import '@mantine/spotlight/styles.css';
import { Kbd } from '@mantine/core';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { Activity, Inbox, type LucideIcon, MessageSquare, Plug, Search, User, Zap } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { find } from './match.ts';
import styles from './Palette.module.css';
import { recentIds, remember } from './recent.ts';
import { useFound } from './useFound.ts';
import { type Group, type Item, useItems } from './useItems.ts';

const icons: Record<Group, LucideIcon> = { screens: Activity, operators: User, sources: Plug, actions: Zap, leads: Inbox, contacts: MessageSquare };
const [store, palette] = createSpotlight();
const groups = Object.keys(icons) as Group[]; // Object.keys forgets the key type
/** As many of a group as leave room for the others. */
const EACH = 6;

interface PaletteProps {
  /** grows each time the palette is asked for */
  readonly asked: number;
  readonly showHelp: () => void;
}

/** One field for everything: type a part of its name, in either language or layout. */
export default function Palette({ asked, showHelp }: PaletteProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  useEffect(() => {
    if (asked > 0) palette.toggle();
  }, [asked]);
  return (
    <Spotlight.Root
      store={store}
      query={text}
      onQueryChange={setText}
      shortcut={null}
      scrollable
      maxHeight="min(560px, 70vh)"
      size={620}
      centered={false}
      yOffset={88}
      overlayProps={{ blur: 0, backgroundOpacity: 0.35 }}
      transitionProps={{ duration: 0 }}
      classNames={{ content: styles.content ?? '' }}
    >
      <Spotlight.Search placeholder={t('palette.placeholder')} aria-label={t('palette.title')} leftSection={<Search size={18} aria-hidden="true" />} />
      <Results text={text} showHelp={showHelp} />
    </Spotlight.Root>
  );
}

/** Only while it is open: a closed palette does no work. */
function Results({ text, showHelp }: { text: string; showHelp: () => void }) {
  const { t } = useTranslation();
  const items = useItems(showHelp);
  const { items: found, searching } = useFound(text);
  const shown =
    text.trim() === '' ? beforeTyping(items) : groups.map((group) => ({ title: t(`palette.groups.${group}`), items: matches(items, found, group, text) }));
  const isEmpty = shown.every((group) => group.items.length === 0);
  return (
    <Spotlight.ActionsList>
      {isEmpty && <Spotlight.Empty>{searching ? t('palette.searching') : t('palette.nothing')}</Spotlight.Empty>}
      {shown.map(
        (group) =>
          group.items.length > 0 && (
            <Spotlight.ActionsGroup key={group.title} label={group.title}>
              {group.items.map((item) => (
                <Line key={item.id} item={item} />
              ))}
            </Spotlight.ActionsGroup>
          ),
      )}
    </Spotlight.ActionsList>
  );

  function beforeTyping(all: readonly Item[]) {
    const recent = recentIds().flatMap((id) => all.find((item) => item.id === id) ?? []);
    const others = all.filter((item) => !recent.includes(item));
    return [
      { title: t('palette.recent'), items: recent },
      { title: t('palette.groups.screens'), items: others.filter((item) => item.group === 'screens') },
      { title: t('palette.groups.actions'), items: others.filter((item) => item.group === 'actions') },
    ];
  }
}

function matches(items: readonly Item[], found: readonly Item[], group: Group, text: string): readonly Item[] {
  if (group === 'leads' || group === 'contacts') return found.filter((item) => item.group === group);
  return find(
    items.filter((item) => item.group === group),
    text,
    EACH,
  );
}

function Line({ item }: { item: Item }) {
  const Icon = item.icon ?? icons[item.group];
  const run = () => {
    remember(item.id);
    item.run();
  };
  return (
    <Spotlight.Action className={styles.line} onClick={run} data-testid={`palette-${item.id}`}>
      <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
      <span className={styles.name}>{item.names[0]}</span>
      {item.note && <span className={styles.note}>{item.note}</span>}
      {item.keys && <Kbd className={styles.keys}>{item.keys}</Kbd>}
    </Spotlight.Action>
  );
}
