import { useEffect } from 'react';
import { useInfo } from '#link/info.ts';
import { useSession } from '#link/session.ts';
import { CONSOLE_PATH } from '#shared/contract/sessions.ts';
import { Closed } from '../Closed.tsx';
import { Providers } from '../Providers.tsx';
import { OperatorPage } from './OperatorPage.tsx';

function Page() {
  const session = useSession((state) => state.state);
  const role = useInfo(({ info }) => info?.me.role);
  const isElsewhere = role !== undefined && role !== 'operator';
  useEffect(() => {
    if (isElsewhere) location.replace(CONSOLE_PATH);
  }, [isElsewhere]);
  if (session !== 'here') return <Closed state={session} />;
  return isElsewhere ? null : <OperatorPage />;
}

/** The own page of an operator. Other people are sent to the console. */
export function OperatorApp() {
  return (
    <Providers>
      <Page />
    </Providers>
  );
}
