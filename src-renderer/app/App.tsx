import { Notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { Wallboard } from '#features/wallboard/Wallboard.tsx';
import { useIsWallboard } from '#kit/navigation/route.ts';
import { useInfo } from '#link/info.ts';
import { useSession } from '#link/session.ts';
import { OWN_PAGE_PATH } from '#shared/contract/sessions.ts';
import styles from './App.module.css';
import { Closed } from './Closed.tsx';
import { Frame } from './Frame.tsx';
import { Providers } from './Providers.tsx';
import { StatusLine } from './StatusLine.tsx';
import { useWindowTheme } from './useWindowTheme.ts';

function Page() {
  const isWall = useIsWallboard();
  const session = useSession((state) => state.state);
  const isOperator = useInfo(({ info }) => info?.me.role === 'operator');
  useWindowTheme();
  useEffect(() => {
    if (isOperator) location.replace(OWN_PAGE_PATH);
  }, [isOperator]);
  if (session !== 'here') return <Closed state={session} />;
  if (isOperator) return null;
  return (
    <div className={styles.page} data-wall={isWall || undefined}>
      {isWall ? <Wallboard /> : <Frame />}
      <StatusLine />
    </div>
  );
}

export function App() {
  return (
    <Providers>
      <Notifications position="bottom-right" limit={4} />
      <Page />
    </Providers>
  );
}
