import { type ComponentType, lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LiveScreen } from '../features/live/LiveScreen.tsx';
import { useWelcomed } from '../features/welcome/store.ts';
import { WelcomeScreen } from '../features/welcome/WelcomeScreen.tsx';
import { Empty } from '../kit/Empty.tsx';
import { SkeletonLines } from '../kit/ListBody.tsx';
import { Panel } from '../kit/Panel.tsx';
import { type Screen, useRoute } from '../kit/route.ts';
import { onLinkUp, useConnection } from '../link/connection.ts';

/** A workspace where nothing has happened yet is led through its first steps where its shift will be. */
function Live() {
  return useWelcomed() ? <WelcomeScreen /> : <LiveScreen />;
}

/** Resolves as soon as the host is there. */
const linkUp = (): Promise<void> =>
  new Promise((resolve) => {
    if (useConnection.getState().is_up) return resolve();
    const stop = onLinkUp(() => {
      stop();
      resolve();
    });
  });

/** A screen whose file is not here yet: its shape, or what it waits for. */
function Coming() {
  const { t } = useTranslation();
  const screen = useRoute((route) => route.screen);
  const isUp = useConnection((state) => state.is_up);
  return (
    <div aria-busy="true">
      <Panel title={t(`screens.${screen}`)}>{isUp ? <SkeletonLines /> : <Empty title={t('lists.failed')}>{t('link.reading')}</Empty>}</Panel>
    </div>
  );
}

/**
 * What has been fetched beforehand is there at once: React would show nothing first, for the 300 ms that it leaves between two such sights.
 * When a file is gone though the host is there, another version of the page is being served: that one is asked for.
 */
function later(fetch: () => Promise<ComponentType>): { readonly Screen: ComponentType; readonly fetch: () => Promise<unknown> } {
  let found: ComponentType | undefined;
  const find = async () => (found ??= await fetch());
  const insist = () =>
    find()
      .catch(() => linkUp().then(find))
      .catch(() => location.reload());
  const Lazy = lazy(async () => ({ default: (await insist()) ?? (await new Promise<never>(() => undefined)) }));
  function Screen() {
    const [Shown] = useState(() => found ?? Lazy);
    return (
      <Suspense fallback={<Coming />}>
        <Shown />
      </Suspense>
    );
  }
  return { Screen, fetch: find };
}

/** Each of the others is a file of its own, so that the first look waits for none of them. */
const others = {
  contacts: later(async () => (await import('../features/contacts/ContactsScreen.tsx')).ContactsScreen),
  leads: later(async () => (await import('../features/leads/LeadsScreen.tsx')).LeadsScreen),
  weights: later(async () => (await import('../features/weights/WeightsScreen.tsx')).WeightsScreen),
  operators: later(async () => (await import('../features/operators/OperatorsScreen.tsx')).OperatorsScreen),
  sources: later(async () => (await import('../features/sources/SourcesScreen.tsx')).SourcesScreen),
  reports: later(async () => (await import('../features/reports/ReportsScreen.tsx')).ReportsScreen),
  refused: later(async () => (await import('../features/refused/RefusedScreen.tsx')).RefusedScreen),
  audit: later(async () => (await import('../features/audit/AuditScreen.tsx')).AuditScreen),
  backups: later(async () => (await import('../features/backups/BackupsScreen.tsx')).BackupsScreen),
  settings: later(async () => (await import('../features/settings/SettingsScreen.tsx')).SettingsScreen),
} satisfies Record<Exclude<Screen, 'live'>, unknown>;

/** For an idle moment after the first look: then a key opens each screen at once, even while the host is away. Charts and the like are fetched by those who draw them. */
export function fetchScreens(): void {
  for (const { fetch } of Object.values(others)) fetch().catch(() => undefined);
}

export function CurrentScreen({ screen }: { screen: Screen }) {
  const Shown = screen === 'live' ? Live : others[screen].Screen;
  return <Shown />;
}
