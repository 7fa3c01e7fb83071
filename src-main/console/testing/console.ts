/** A console's calls on a desk on a disk, without the surrounding process. */

import { createHost } from '#console/host.ts';
import { consoleRouter } from '#console/router.ts';
import { Exports } from '#reports/exports.ts';
import { FlowCounter } from '#reports/flow.ts';
import { Reports } from '#reports/reports.ts';
import type { Scheduler } from '#reports/scheduler.ts';
import type { HostInfo } from '#shared/contract/desk.ts';
import { consolePrincipal } from '#shared/contract/principal.ts';
import { ok } from '#shared/contract/problems.ts';
import type { KeptDesk } from '#vault/testing/keeper.ts';

const noSchedules = {} as Scheduler; // not used by these tests

export function consoleOf(desk: KeptDesk, principal = consolePrincipal) {
  const info = (): HostInfo => ({
    version: '1',
    api_url: '',
    network: 'none',
    fingerprint: null,
    language: 'ru',
    time_zone: 'UTC',
    demo_running: false,
    has_demo: false,
    closed: null,
    now: 1,
  });
  const reports = new Reports({ reader: desk.reader, now: () => desk.now, timeZone: 'UTC', serviceSeconds: () => 20, language: 'ru' });
  const host = createHost(desk.engine, {
    info,
    runs: { watch: () => () => undefined },
    alerts: { watch: () => () => undefined },
    flow: new FlowCounter({ engine: desk.engine, reader: desk.reader, now: () => desk.now, timeZone: 'UTC' }),
    demo: {
      start: async () => ok(null),
      stop: () => undefined,
      besides: () => ({ operators: 0, sources: 0, contacts: 0 }),
      remove: async () => ok({ before: null, quarantine: null }),
    },
    backups: desk.keeper,
    reader: desk.reader,
    reports,
    exports: new Exports(reports, { url: '/exports/' }),
    scheduler: noSchedules,
  });
  return consoleRouter.createCaller({ host, principal });
}
