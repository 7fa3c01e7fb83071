import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { LiveScreen } from '../features/live/LiveScreen.tsx';
import { useWelcomed } from '../features/welcome/store.ts';
import { WelcomeScreen } from '../features/welcome/WelcomeScreen.tsx';
import { Empty } from '../kit/Empty.tsx';
import { later } from '../kit/later.tsx';
import { Panel } from '../kit/Panel.tsx';
import { type Screen, useRoute } from '../kit/route.ts';
import { SkeletonLines } from '../kit/Skeleton.tsx';
import { useConnection } from '../link/connection.ts';

/** A workspace where nothing has happened yet is led through its first steps where its shift will be. */
function Live() {
  return useWelcomed() ? <WelcomeScreen /> : <LiveScreen />;
}

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

const screenOf = (fetch: () => Promise<ComponentType>) => later(fetch, <Coming />);

/** Each of the others is a file of its own, so that the first look waits for none of them. */
const others = {
  contacts: screenOf(async () => (await import('../features/contacts/ContactsScreen.tsx')).ContactsScreen),
  leads: screenOf(async () => (await import('../features/leads/LeadsScreen.tsx')).LeadsScreen),
  weights: screenOf(async () => (await import('../features/weights/WeightsScreen.tsx')).WeightsScreen),
  operators: screenOf(async () => (await import('../features/operators/OperatorsScreen.tsx')).OperatorsScreen),
  sources: screenOf(async () => (await import('../features/sources/SourcesScreen.tsx')).SourcesScreen),
  reports: screenOf(async () => (await import('../features/reports/ReportsScreen.tsx')).ReportsScreen),
  refused: screenOf(async () => (await import('../features/refused/RefusedScreen.tsx')).RefusedScreen),
  audit: screenOf(async () => (await import('../features/audit/AuditScreen.tsx')).AuditScreen),
  backups: screenOf(async () => (await import('../features/backups/BackupsScreen.tsx')).BackupsScreen),
  settings: screenOf(async () => (await import('../features/settings/SettingsScreen.tsx')).SettingsScreen),
} satisfies Record<Exclude<Screen, 'live'>, unknown>;

/** For an idle moment after the first look: then a key opens each screen at once, even while the host is away. Charts and the like are fetched by those who draw them. */
export function fetchScreens(): void {
  for (const { fetch } of Object.values(others)) fetch().catch(() => undefined);
}

export function CurrentScreen({ screen }: { screen: Screen }) {
  const Shown = screen === 'live' ? Live : others[screen].Part;
  return <Shown />;
}
