/** Implements the console's contract on the engine: one file for each feature. */
import type { Engine } from '#engine/core/engine.ts';
import type { Host } from '#shared/contract/console.ts';
import { commandsOf } from './commands.ts';
import { auditHost } from './hosts/audit.ts';
import { backupHost } from './hosts/backups.ts';
import { competenceHost } from './hosts/competences.ts';
import { contactHost } from './hosts/contacts.ts';
import { deskHost } from './hosts/desk.ts';
import { desktopHost } from './hosts/desktop.ts';
import { keptCaseHost } from './hosts/kept-cases.ts';
import { leadHost } from './hosts/leads.ts';
import { listHost } from './hosts/lists.ts';
import { operatorHost } from './hosts/operators.ts';
import { ownPageHost } from './hosts/own-page.ts';
import { peopleHost } from './hosts/people.ts';
import { presetHost } from './hosts/presets.ts';
import { refusedContactHost } from './hosts/refused-contacts.ts';
import { reportHost } from './hosts/reports.ts';
import { ruleHost } from './hosts/rules.ts';
import { scheduledExportHost } from './hosts/scheduled-exports.ts';
import { sessionHost } from './hosts/sessions.ts';
import { settingsHost } from './hosts/settings.ts';
import { sourceHost } from './hosts/sources.ts';
import { suggestedMergeHost } from './hosts/suggested-merges.ts';
import { workScheduleHost } from './hosts/work-schedules.ts';
import type { HostParts, Surroundings } from './parts.ts';

/** All calls of the console: each feature's host in one object. */
export function createHost(engine: Engine, surroundings: Surroundings): Host {
  const parts: HostParts = { engine, ...commandsOf(engine), ...surroundings };
  return {
    ...deskHost(parts),
    ...contactHost(parts),
    ...listHost(parts),
    ...leadHost(parts),
    ...suggestedMergeHost(parts),
    ...refusedContactHost(parts),
    ...operatorHost(parts),
    ...sourceHost(parts),
    ...ruleHost(parts),
    ...competenceHost(parts),
    ...keptCaseHost(parts),
    ...workScheduleHost(parts),
    ...presetHost(parts),
    ...settingsHost(parts),
    ...auditHost(parts),
    ...reportHost(parts),
    ...scheduledExportHost(parts),
    ...backupHost(parts),
    ...sessionHost(parts),
    ...peopleHost(parts),
    ...ownPageHost(parts),
    ...desktopHost(parts),
  };
}
