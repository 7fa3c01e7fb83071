import { useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { printedIn } from '#kit/locale/choose-language.ts';
import { saveDesktop } from '#link/desktop.ts';

/** Tells the desktop window the chosen theme, so that its menu and dialogs follow it. */
export function useWindowTheme(): void {
  const { colorScheme } = useMantineColorScheme();
  useEffect(() => {
    if (window.switchyard && printedIn() === null) void saveDesktop({ theme: colorScheme });
  }, [colorScheme]);
}
