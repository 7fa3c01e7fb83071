import { unreachable } from '#shared/unreachable.ts';
import { BackupsScreen } from '../features/backups/BackupsScreen.tsx';
import { LiveScreen } from '../features/live/LiveScreen.tsx';
import { OperatorsScreen } from '../features/operators/OperatorsScreen.tsx';
import { RefusedScreen } from '../features/refused/RefusedScreen.tsx';
import { SourcesScreen } from '../features/sources/SourcesScreen.tsx';
import { WeightsScreen } from '../features/weights/WeightsScreen.tsx';
import { useWelcomed } from '../features/welcome/store.ts';
import { WelcomeScreen } from '../features/welcome/WelcomeScreen.tsx';
import type { Screen } from '../kit/route.ts';

/** A workspace where nothing has happened yet is led through its first steps where its shift will be. */
function Live() {
  return useWelcomed() ? <WelcomeScreen /> : <LiveScreen />;
}

export function CurrentScreen({ screen }: { screen: Screen }) {
  switch (screen) {
    case 'live':
      return <Live />;
    case 'weights':
      return <WeightsScreen />;
    case 'operators':
      return <OperatorsScreen />;
    case 'sources':
      return <SourcesScreen />;
    case 'refused':
      return <RefusedScreen />;
    case 'backups':
      return <BackupsScreen />;
    default:
      return unreachable(screen);
  }
}
