import { MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { I18nextProvider } from 'react-i18next';
import { LocaleProvider } from '#kit/locale/LocaleProvider.tsx';
import { languages } from './languages/index.ts';
import { styleNonce } from './nonce.ts';
import { theme, variables } from './theme.ts';

/** What every part of a page needs: theme, texts and formats. */
export function Providers({ children }: { children: ReactNode }) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto" getStyleNonce={() => styleNonce}>
      <I18nextProvider i18n={languages}>
        <LocaleProvider>{children}</LocaleProvider>
      </I18nextProvider>
    </MantineProvider>
  );
}
