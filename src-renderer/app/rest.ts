/** What the first paint does not need. One chunk of it costs a third of what the bundler's forty would cost, of the pieces that several screens share. */
export { AuditScreen } from '#features/audit/AuditScreen.tsx';
export { BackupsScreen } from '#features/backups/BackupsScreen.tsx';
export { ContactsScreen } from '#features/contacts/ContactsScreen.tsx';
export { LeadCard } from '#features/leads/LeadCard.tsx';
export { LeadsScreen } from '#features/leads/LeadsScreen.tsx';
export { OperatorsScreen } from '#features/operators/OperatorsScreen.tsx';
export { RefusedScreen } from '#features/refused/RefusedScreen.tsx';
export { ReportsScreen } from '#features/reports/ReportsScreen.tsx';
export { SettingsScreen } from '#features/settings/SettingsScreen.tsx';
export { SourcesScreen } from '#features/sources/SourcesScreen.tsx';
export { WeightsScreen } from '#features/weights/WeightsScreen.tsx';
export { Palette } from './palette/Palette.tsx';
