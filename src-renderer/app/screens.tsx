import { type ComponentType, lazy, Suspense } from 'react';
import { LiveScreen } from '../features/live/LiveScreen.tsx';
import { useWelcomed } from '../features/welcome/store.ts';
import { WelcomeScreen } from '../features/welcome/WelcomeScreen.tsx';
import type { Screen } from '../kit/route.ts';

/** A workspace where nothing has happened yet is led through its first steps where its shift will be. */
function Live() {
  return useWelcomed() ? <WelcomeScreen /> : <LiveScreen />;
}

/** Each of the others is a file of its own, so that the first look waits for none of them. */
const fetched = {
  contacts: async () => (await import('../features/contacts/ContactsScreen.tsx')).ContactsScreen,
  leads: async () => (await import('../features/leads/LeadsScreen.tsx')).LeadsScreen,
  weights: async () => (await import('../features/weights/WeightsScreen.tsx')).WeightsScreen,
  operators: async () => (await import('../features/operators/OperatorsScreen.tsx')).OperatorsScreen,
  sources: async () => (await import('../features/sources/SourcesScreen.tsx')).SourcesScreen,
  reports: async () => (await import('../features/reports/ReportsScreen.tsx')).ReportsScreen,
  refused: async () => (await import('../features/refused/RefusedScreen.tsx')).RefusedScreen,
  audit: async () => (await import('../features/audit/AuditScreen.tsx')).AuditScreen,
  backups: async () => (await import('../features/backups/BackupsScreen.tsx')).BackupsScreen,
  settings: async () => (await import('../features/settings/SettingsScreen.tsx')).SettingsScreen,
};

/** When a file is gone, another version of the page is being served: that one is asked for. */
function later(fetch: () => Promise<ComponentType>) {
  return lazy(async () => {
    const found = await fetch().catch(() => location.reload());
    return found ? { default: found } : new Promise<never>(() => undefined);
  });
}

const screens = {
  live: Live,
  contacts: later(fetched.contacts),
  leads: later(fetched.leads),
  weights: later(fetched.weights),
  operators: later(fetched.operators),
  sources: later(fetched.sources),
  reports: later(fetched.reports),
  refused: later(fetched.refused),
  audit: later(fetched.audit),
  backups: later(fetched.backups),
  settings: later(fetched.settings),
} satisfies Record<Screen, ComponentType>;

/** For an idle moment after the first look: then a key opens each screen at once, even while the host is away. Charts and the like are fetched by those who draw them. */
export function fetchScreens(): void {
  for (const fetch of Object.values(fetched)) fetch().catch(() => undefined);
}

export function CurrentScreen({ screen }: { screen: Screen }) {
  const Shown = screens[screen];
  return (
    <Suspense>
      <Shown />
    </Suspense>
  );
}
