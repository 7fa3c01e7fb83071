import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { I18nextProvider } from 'react-i18next';
import { Frame } from './Frame.tsx';
import { languages } from './languages/index.ts';
import { styleNonce } from './nonce.ts';
import { theme, variables } from './theme.ts';

export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto" getStyleNonce={() => styleNonce}>
      <I18nextProvider i18n={languages}>
        <Notifications position="bottom-right" limit={4} containerWidth={440} />
        <Frame />
      </I18nextProvider>
    </MantineProvider>
  );
}
