import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { I18nextProvider } from 'react-i18next';
import { Wallboard } from '../features/wallboard/Wallboard.tsx';
import { ReadingProvider } from '../kit/ReadingProvider.tsx';
import { useIsWallboard } from '../kit/route.ts';
import { Frame } from './Frame.tsx';
import { languages } from './languages/index.ts';
import { styleNonce } from './nonce.ts';
import { theme, variables } from './theme.ts';

function Shown() {
  return useIsWallboard() ? <Wallboard /> : <Frame />;
}

export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto" getStyleNonce={() => styleNonce}>
      <I18nextProvider i18n={languages}>
        <ReadingProvider>
          <Notifications position="bottom-right" limit={4} containerWidth={440} />
          <Shown />
        </ReadingProvider>
      </I18nextProvider>
    </MantineProvider>
  );
}
