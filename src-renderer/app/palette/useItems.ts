/** Palette items that need no query: screens, operators, sources and actions, each with its names in both languages. */
import { useMantineColorScheme } from '@mantine/core';
import type { LucideIcon } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useToggle } from '#features/live/useToggle.ts';
import { enterWallboard } from '#features/wallboard/enter.ts';
import type { Findable } from '#kit/fields/match.ts';
import { chooseLanguage } from '#kit/locale/choose-language.ts';
import { useFormats, useLanguage } from '#kit/locale/locale.ts';
import { COMMAND_KEY } from '#kit/navigation/command-key.ts';
import { go, screens } from '#kit/navigation/route.ts';
import { askToNotify, mayAskToNotify } from '#kit/notices/browser-notifications.ts';
import { useNotify } from '#kit/notices/useNotify.ts';
import { ask } from '#link/attempt.ts';
import { useCalmBoard } from '#link/board.ts';
import { client } from '#link/client.ts';
import { inUse } from '#link/derive.ts';
import { useMay } from '#link/info.ts';
import { clickingKeys, type KeyName, shownKey } from '#shared/keys.ts';
import { languages } from '../languages/index.ts';
import { useRail } from '../rail-state.ts';
import { clickOnScreen, isOnScreen } from '../rows.ts';
import { screenIcons } from '../screen-icons.ts';

export type Group = 'screens' | 'operators' | 'sources' | 'actions' | 'leads' | 'contacts';

export interface Item extends Findable {
  readonly id: string;
  readonly group: Group;
  /** shown dimly after the name */
  readonly note: string;
  readonly keys?: string;
  /** defaults to the group's icon */
  readonly icon?: LucideIcon;
  readonly run: () => void;
}

const keysOf = (name: KeyName): string => shownKey(name).replace('Ctrl+', `${COMMAND_KEY} `);

const nextScheme = { light: 'dark', dark: 'auto', auto: 'light' } as const;

/** Everything that the palette offers without a search: actions, operators, sources and screens. */
export function useItems(showHelp: () => void): readonly Item[] {
  const actions = useActions(showHelp);
  const desk = useDeskItems();
  return useMemo(() => [...actions, ...desk], [actions, desk]);
}

function useActions(showHelp: () => void): readonly Item[] {
  const { t } = useTranslation();
  const language = useLanguage();
  const teller = useNotify();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const mayChange = useMay('supervisor');
  return useMemo(() => {
    const both = (key: string): string[] => [t(key as 'palette.title'), t(key as 'palette.title', { lng: language === 'ru' ? 'en' : 'ru' })]; // a key by its name
    const action = (name: string, run: () => void, keys?: string): Item => ({
      id: `action:${name}`,
      group: 'actions',
      names: both(`palette.actions.${name}`),
      note: '',
      ...(keys ? { keys } : {}),
      run,
    });
    const backUp = () =>
      void ask((signal) => client.backUpNow.mutate(undefined, { signal })).then((outcome) => {
        const result = teller.valueIn(outcome);
        if (result?.ok) teller.done(t('backups.made'));
        else if (result) teller.failure(result.problem);
      });
    return [
      ...screens.map(
        (screen, nth): Item => ({
          id: `screen:${screen}`,
          group: 'screens',
          names: both(`screens.${screen}`),
          note: '',
          icon: screenIcons[screen],
          ...(nth < 9 ? { keys: String(nth + 1) } : screen === 'settings' ? { keys: keysOf('settings') } : {}),
          run: () => go(screen),
        }),
      ),
      action('wallboard', enterWallboard, keysOf('wallboard')),
      action('theme', () => setColorScheme(nextScheme[colorScheme])),
      action('language', () => chooseLanguage(languages, language === 'ru' ? 'en' : 'ru')),
      action('rail', () => useRail.getState().toggle()),
      action('keys', showHelp, keysOf('help')),
      ...(mayChange ? [action('back_up', backUp)] : []),
      ...clickingKeys
        .filter(({ attribute }) => isOnScreen(`[${attribute}]`))
        .map(
          ({ name, attribute }): Item => ({
            id: `key:${name}`,
            group: 'actions',
            names: both(`keys.${name}`),
            note: '',
            keys: keysOf(name),
            run: () => void clickOnScreen(`[${attribute}]`),
          }),
        ),
      ...(mayAskToNotify() ? [action('notify', () => void askToNotify())] : []),
    ];
  }, [t, language, teller, colorScheme, setColorScheme, showHelp, mayChange]);
}

function useDeskItems(): readonly Item[] {
  const { t } = useTranslation();
  const { collator } = useFormats();
  const toggle = useToggle();
  const mayChange = useMay('supervisor');
  const { operators, sources, waiting } = useCalmBoard();
  return useMemo(() => {
    const people = inUse(operators, collator).flatMap(({ id, name, load, max_load, is_active }): Item[] => [
      {
        id: `operator:${id}`,
        group: 'operators',
        names: [name],
        note: `${load} / ${max_load}${is_active ? '' : ` · ${t('live.off')}`}`,
        run: () => go('contacts', { operator: id, status: 'open' }),
      },
      ...(mayChange
        ? [
            {
              id: `toggle:${id}`,
              group: 'operators' as const,
              names: [t(is_active ? 'palette.take_off' : 'palette.put_on', { name })],
              note: '',
              run: () => toggle(id, !is_active),
            },
          ]
        : []),
    ]);
    const places = inUse(sources, collator).map(
      ({ id, name }): Item => ({
        id: `source:${id}`,
        group: 'sources',
        names: [name],
        note: waiting[id] ? t('palette.waiting', { count: waiting[id] }) : '',
        run: () => go('contacts', { source: id }),
      }),
    );
    return [...people, ...places];
  }, [operators, sources, waiting, collator, t, toggle, mayChange]);
}
