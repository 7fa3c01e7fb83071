import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { LiveScreen } from '#features/live/LiveScreen.tsx';
import { useWelcomed } from '#features/welcome/store.ts';
import { WelcomeScreen } from '#features/welcome/WelcomeScreen.tsx';
import { Empty } from '#kit/layout/Empty.tsx';
import { Panel } from '#kit/layout/Panel.tsx';
import { SkeletonLines } from '#kit/layout/Skeleton.tsx';
import { lazy } from '#kit/navigation/lazy.tsx';
import { type Screen, useRoute } from '#kit/navigation/route.ts';
import { useConnection } from '#link/connection.ts';

/** An empty workspace shows the first steps in place of the live screen. */
function Live() {
  return useWelcomed() ? <WelcomeScreen /> : <LiveScreen />;
}

/** Placeholder of a screen whose code is still loading: a skeleton, or the reason for the wait. */
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

const screenOf = (fetch: () => Promise<ComponentType>) => lazy(fetch, <Coming />);

/** Every other screen is a chunk of its own, so that the first paint waits for none of them. */
const others = {
  contacts: screenOf(async () => (await import('#features/contacts/ContactsScreen.tsx')).ContactsScreen),
  leads: screenOf(async () => (await import('#features/leads/LeadsScreen.tsx')).LeadsScreen),
  weights: screenOf(async () => (await import('#features/weights/WeightsScreen.tsx')).WeightsScreen),
  operators: screenOf(async () => (await import('#features/operators/OperatorsScreen.tsx')).OperatorsScreen),
  sources: screenOf(async () => (await import('#features/sources/SourcesScreen.tsx')).SourcesScreen),
  reports: screenOf(async () => (await import('#features/reports/ReportsScreen.tsx')).ReportsScreen),
  refused: screenOf(async () => (await import('#features/refused/RefusedScreen.tsx')).RefusedScreen),
  audit: screenOf(async () => (await import('#features/audit/AuditScreen.tsx')).AuditScreen),
  backups: screenOf(async () => (await import('#features/backups/BackupsScreen.tsx')).BackupsScreen),
  settings: screenOf(async () => (await import('#features/settings/SettingsScreen.tsx')).SettingsScreen),
} satisfies Record<Exclude<Screen, 'live'>, unknown>;

/** Run in an idle moment after the first paint: every screen then opens at once, even while the host is unreachable. Charts are fetched where they are drawn. */
export function fetchScreens(): void {
  for (const { fetch } of Object.values(others)) fetch().catch(() => undefined);
}

export function CurrentScreen({ screen }: { screen: Screen }) {
  const Shown = screen === 'live' ? Live : others[screen].Part;
  return <Shown />;
}
