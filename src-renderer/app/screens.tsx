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

/** All other screens are in a chunk of their own, so that the first paint does not wait for them. */
const others = {
  contacts: screenOf(async () => (await import('./rest.ts')).ContactsScreen),
  leads: screenOf(async () => (await import('./rest.ts')).LeadsScreen),
  weights: screenOf(async () => (await import('./rest.ts')).WeightsScreen),
  operators: screenOf(async () => (await import('./rest.ts')).OperatorsScreen),
  sources: screenOf(async () => (await import('./rest.ts')).SourcesScreen),
  reports: screenOf(async () => (await import('./rest.ts')).ReportsScreen),
  refused: screenOf(async () => (await import('./rest.ts')).RefusedScreen),
  audit: screenOf(async () => (await import('./rest.ts')).AuditScreen),
  backups: screenOf(async () => (await import('./rest.ts')).BackupsScreen),
  settings: screenOf(async () => (await import('./rest.ts')).SettingsScreen),
} satisfies Record<Exclude<Screen, 'live'>, unknown>;

/** Run in an idle moment after the first paint: every screen then opens at once, even while the host is unreachable. Charts are fetched where they are drawn. */
export function fetchScreens(): void {
  for (const { fetch } of Object.values(others)) fetch().catch(() => undefined);
}

export function CurrentScreen({ screen }: { screen: Screen }) {
  const Shown = screen === 'live' ? Live : others[screen].Part;
  return <Shown />;
}
