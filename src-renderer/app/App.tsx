import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { I18nextProvider } from 'react-i18next';
import { Wallboard } from '#features/wallboard/Wallboard.tsx';
import { LocaleProvider } from '#kit/locale/LocaleProvider.tsx';
import { useIsWallboard } from '#kit/navigation/route.ts';
import { useSession } from '#link/session.ts';
import styles from './App.module.css';
import { Closed } from './Closed.tsx';
import { Frame } from './Frame.tsx';
import { languages } from './languages/index.ts';
import { styleNonce } from './nonce.ts';
import { StatusLine } from './StatusLine.tsx';
import { theme, variables } from './theme.ts';
import { useWindowTheme } from './useWindowTheme.ts';

function Page() {
  const isWall = useIsWallboard();
  const session = useSession((state) => state.state);
  useWindowTheme();
  if (session !== 'here') return <Closed state={session} />;
  return (
    <div className={styles.page} data-wall={isWall || undefined}>
      {isWall ? <Wallboard /> : <Frame />}
      <StatusLine />
    </div>
  );
}

export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto" getStyleNonce={() => styleNonce}>
      <I18nextProvider i18n={languages}>
        <LocaleProvider>
          <Notifications position="bottom-right" limit={4} />
          <Page />
        </LocaleProvider>
      </I18nextProvider>
    </MantineProvider>
  );
}
