import { AlertWatch } from '#console/alerts.ts';
import { createHost } from '#console/host.ts';
import { Runs } from '#console/runs.ts';
import { serveConsole } from '#console/serve.ts';
import { createDemo } from '#demo/demo.ts';
import { invitationAt } from '#engine/access/invitation.ts';
import type { Sessions } from '#engine/access/sessions.ts';
import type { Engine } from '#engine/core/engine.ts';
import type { Exports } from '#reports/exports.ts';
import { FlowCounter } from '#reports/flow.ts';
import type { Reader } from '#reports/reader.ts';
import type { Reports } from '#reports/reports.ts';
import type { Scheduler } from '#reports/scheduler.ts';
import type { Closed, HostInfo } from '#shared/contract/desk.ts';
import type { BackupKeeper } from '#vault/backups.ts';
import { type Addresses, isBeyondLoopback } from './addresses.ts';
import type { DeskCertificates } from './certificates.ts';
import type { Log } from './log.ts';
import type { Opening } from './opening.ts';
import { pinnedFetch } from './own-fetch.ts';

interface Needs {
  readonly engine: Engine;
  readonly reader: Reader;
  readonly backups: BackupKeeper;
  readonly reports: Reports;
  readonly exports: Exports;
  readonly scheduler: Scheduler;
  readonly sessions: Sessions;
  readonly log: Log['logger'];
  readonly version: string;
  /** known once the port listens */
  readonly addresses: () => Addresses;
  readonly certificates: DeskCertificates | undefined;
  /** when intake was closed before this start; null at the first, and until the port listens */
  readonly closed: () => Closed | null;
}

/** Everything that consoles are connected to. */
export function createConsole({ options, world, extension }: Opening, needs: Needs) {
  const { engine, reader, backups, reports, exports, scheduler, sessions, log, version, addresses, certificates, closed } = needs;
  const { now, timeZone, every } = world;
  const desktop = extension?.desktop;
  const demo = createDemo({
    engine,
    language: options.language,
    api_url: () => addresses().local,
    fetch: certificates ? pinnedFetch(() => certificates.current().cert) : fetch,
    startOver: (actor) => backups.startOver(actor),
    log,
  });
  const info = (): HostInfo => ({
    version,
    api_url: addresses().public,
    network: certificates ? 'encrypted' : isBeyondLoopback(options.host) ? 'plain' : 'none',
    fingerprint: certificates?.isOwn ? certificates.fingerprint() : null,
    language: desktop?.desktop()?.language ?? (options.languageAsked ? options.language : null),
    time_zone: timeZone,
    demo_running: demo.isRunning(),
    has_demo: demo.isThere(),
    closed: closed(),
    now: now(),
  });
  const alerts = new AlertWatch({
    board: () => engine.board(),
    today: (within_ms) => engine.today.figures(within_ms),
    now,
    every,
    timeZone,
    log: (message, err) => log.error({ err }, message),
  });
  const runs = new Runs((listener) => engine.watch(listener));
  const flow = new FlowCounter({ engine, reader, now, timeZone });
  const host = createHost(engine, {
    info,
    runs,
    alerts,
    flow,
    demo,
    desktop,
    backups,
    reader,
    reports,
    exports,
    scheduler,
    sessions: extension?.servesConsole && {
      list: (principal) => sessions.list(principal),
      end: (id) => sessions.end(id),
      endAll: (person_id) => sessions.endAll(person_id),
      invitation: (made) => invitationAt(addresses().public, made),
      link: () => sessions.link(addresses().public),
    },
  });
  const connect = serveConsole(host, (path, err) => log.error({ path, err }, 'a call of the console failed'));
  return { demo, runs, alerts, connect };
}
