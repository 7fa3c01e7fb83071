import { keptSchedules } from '#engine/configuration/scheduled-exports.ts';
import type { Engine } from '#engine/core/engine.ts';
import { Exports } from '#reports/exports.ts';
import type { Reader } from '#reports/reader.ts';
import { Reports } from '#reports/reports.ts';
import { Scheduler } from '#reports/scheduler.ts';
import type { Log } from './log.ts';
import type { Opening } from './opening.ts';

interface Needs {
  readonly engine: Engine;
  readonly reader: Reader;
  readonly log: Log['logger'];
}

/** Reports, their exports, and the schedule that writes them. */
export function startReports({ options, world, extension, closers }: Opening, { engine, reader, log }: Needs) {
  const { now, timeZone, every } = world;
  const reports = new Reports({
    reader,
    now,
    timeZone,
    serviceSeconds: () => engine.board().settings.service_level_seconds,
    get language() {
      return extension?.desktop?.desktop()?.language ?? options.language;
    },
  });
  const exports = new Exports(reports, extension?.exportsTo ?? { ask: async () => null }, extension?.print);
  const scheduler = new Scheduler({
    schedules: keptSchedules(engine),
    reports,
    now,
    timeZone,
    every,
    log: (message, err) => log.error({ err }, message),
  });
  scheduler.start();
  closers.push(() => scheduler.close());
  return { reports, exports, scheduler };
}
