import { useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { printedIn } from '../kit/choose-language.ts';
import { saveDesktop } from '../link/desktop.ts';

/** Tells the desktop's window which theme was chosen, so that its menu and its dialogs have it, too. */
export function useWindowTheme(): void {
  const { colorScheme } = useMantineColorScheme();
  useEffect(() => {
    if (window.switchyard && printedIn() === null) void saveDesktop({ theme: colorScheme });
  }, [colorScheme]);
}
