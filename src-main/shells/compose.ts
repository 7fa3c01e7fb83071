/** Assembles a host: data directory, lock, log, database, engine, HTTP port, console. Independent of the shell; both shells start their host here. */
import { rmSync } from 'node:fs';
import { AlertWatch } from '#console/alerts.ts';
import { createHost } from '#console/host.ts';
import type { Desktop } from '#console/parts.ts';
import { Runs } from '#console/runs.ts';
import { type ConnectConsole, serveConsole } from '#console/serve.ts';
import { createDemo } from '#demo/demo.ts';
import { Sessions } from '#engine/access/sessions.ts';
import { keptSchedules } from '#engine/configuration/scheduled-exports.ts';
import { Engine } from '#engine/core/engine.ts';
import { callers } from '#engine/views/queries.ts';
import type { App } from '#intake/app.ts';
import { type Listening, listen, PortTaken } from '#intake/listen.ts';
import { createIntake } from '#intake/server.ts';
import { type Destination, Exports, type Print } from '#reports/exports.ts';
import { Reader } from '#reports/reader.ts';
import { Reports } from '#reports/reports.ts';
import { Scheduler } from '#reports/scheduler.ts';
import type { Alert } from '#shared/alerts.ts';
import type { Board } from '#shared/board.ts';
import type { Closed, HostInfo } from '#shared/contract/desk.ts';
import type { Every } from '#shared/time.ts';
import { StoreError } from '#store/sqlite/open.ts';
import { latestArrival } from '#store/tables/periods.ts';
import { BackupKeeper } from '#vault/backups.ts';
import { type Space, watchDisk } from '#vault/disk-space.ts';
import { WorkerTasks } from '#vault/worker-tasks.ts';
import { adminToken } from './admin-token.ts';
import { appFile, readerFile, workerFile } from './app-root.ts';
import { type DataDir, dataDirAt, prepareDataDir } from './data-dir.ts';
import { DatabaseRefused, openDatabase } from './database.ts';
import { EXIT } from './exit-codes.ts';
import { forgetErased } from './forget-erased.ts';
import { type InstanceLock, lockDataDir } from './instance-lock.ts';
import { type IntakeTimes, recordIntake } from './intake-times.ts';
import { type Log, openLog } from './log.ts';
import { dataDirProblem, messages, systemError } from './messages.ts';
import type { Options } from './options.ts';
import { appVersion } from './version.ts';

/** Injected dependencies on the outside world. */
export interface HostWorld {
  readonly now: () => number;
  /** a uniformly distributed integer r, 0 ≤ r < sum */
  readonly dice: (sum: number) => number;
  /** a new source key, unguessable */
  readonly newKey: () => string;
  readonly timeZone: string;
  /** space of the disk that contains a path */
  readonly space: (path: string) => Promise<Space>;
  readonly every: Every;
}

/** The host's parts, for extensions of a shell. */
interface Parts {
  readonly dataDir: DataDir;
  readonly sessions: Sessions;
  readonly connect: ConnectConsole;
  readonly exports: Exports;
  readonly log: Log['logger'];
}

/** Extensions that a shell adds to the host. */
export interface Extension {
  /** adds routes to the HTTP port; called before it listens */
  routes?(app: App, parts: Parts): void;
  /** attaches to the sockets; the returned function is called before they close */
  sockets?(listening: Listening, parts: Parts): () => void;
  /** destination of files exported by consoles */
  readonly exportsTo: Destination;
  /** choices of the window's user; absent without a window */
  readonly desktop?: Desktop;
  /** the console is served to browsers on the HTTP port */
  readonly servesConsole?: true;
  /** returns a function that prints a console page */
  readonly print: () => Print;
}

export interface RunningHost extends Parts {
  /** the board as of the last commit */
  readonly board: () => Board;
  /** epoch milliseconds */
  readonly now: () => number;
  /** Calls back soon after changes, until the returned function is called. */
  readonly watchChanges: (listener: () => void) => () => void;
  /** Calls back with each combined notification, until the returned function is called. */
  readonly watchAlerts: (listener: (alerts: readonly Alert[]) => void) => () => void;
  /** names of the sources that called within the last `ms` milliseconds */
  readonly callers: (ms: number) => string[];
  /** when intake was closed before this start; null at the first */
  readonly closed: Closed | null;
  readonly api_url: string;
  /** Finishes pending work, checkpoints and releases the data directory. A second call waits for the first. */
  stop(): Promise<void>;
}

/** The running host or, if refused, the `message` for stderr and the `exitCode`. */
export type Started = { readonly ok: true; readonly host: RunningHost } | { readonly ok: false; readonly exitCode: number; readonly message: string };

/** Interval of saving when source keys were last used: the precision after a crash. */
const KEY_USE_WRITTEN_MS = 60_000;
const SESSIONS_LOOKED_AT_MS = 60_000;
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);

/** Functions that close what has been opened, called in reverse order. */
type Closers = (() => unknown)[];

export async function startHost(options: Options, world: HostWorld, extension?: Extension): Promise<Started> {
  const say = messages(options.language);
  const refused = (exitCode: number, message: string): Started => ({ ok: false, exitCode, message });

  const dataDir = dataDirAt(options.dataDir);
  let locked: ReturnType<typeof lockDataDir>;
  try {
    prepareDataDir(dataDir);
    locked = lockDataDir(dataDir, world.now);
  } catch (error) {
    const { exitCode, message } = dataDirProblem(say, dataDir.path, error);
    return refused(exitCode, message);
  }
  if (!locked.ok) return refused(EXIT.already_running, say.alreadyRunning(dataDir.path, locked.pid));

  const { lock } = locked;
  const closers: Closers = [() => lock.release()];
  try {
    return { ok: true, host: await open({ options, world, extension, dataDir, lock, closers }) };
  } catch (error) {
    await closeAll(closers);
    if (error instanceof PortTaken) return refused(EXIT.port_taken, say.portTaken(error.port));
    if (error instanceof DatabaseRefused) return refused(error.exitCode, error.message);
    if (error instanceof StoreError) return refused(EXIT.failure, say.databaseRefused(error.message));
    const { syscall } = error as NodeJS.ErrnoException;
    if (syscall === 'listen' || syscall === 'getaddrinfo') return refused(EXIT.failure, say.badHost(options.host ?? 'loopback', systemError(say, error)));
    throw error;
  }
}

interface Opening {
  readonly options: Options;
  readonly world: HostWorld;
  readonly extension: Extension | undefined;
  readonly dataDir: DataDir;
  readonly lock: InstanceLock;
  readonly closers: Closers;
}

async function open({ options, world, extension, dataDir, lock, closers }: Opening): Promise<RunningHost> {
  rmSync(dataDir.printing, { recursive: true, force: true, maxRetries: 3 }); // left by a process that was killed while printing
  const version = appVersion();
  const { logger: log, close: closeLog } = await openLog(dataDir.logs, options.verbose, world.now);
  closers.push(closeLog);
  const onCrash = (err: unknown) => log.fatal({ err }, 'crashed');
  process.on('uncaughtExceptionMonitor', onCrash);
  closers.push(() => process.off('uncaughtExceptionMonitor', onCrash));
  const token = adminToken(dataDir.adminToken);

  const workerTasks = new WorkerTasks(workerFile());
  closers.push(() => workerTasks.close());
  const places = { ...dataDir, migrations: appFile('drizzle') };
  const tell = (line: string) => process.stderr.write(`${line}\n`);
  const { store, installation, wholly } = await openDatabase({ options, dataDir, places, workerTasks, now: world.now, tell });
  const logFault = (message: string, err: unknown) => log.error({ err }, message);
  const engine = new Engine({
    store,
    now: world.now,
    dice: world.dice,
    newKey: world.newKey,
    timeZone: world.timeZone,
    log: logFault,
  });
  closers.push(() => engine.close());
  closers.push(world.every(KEY_USE_WRITTEN_MS, () => engine.saveKeyUse()));
  closers.push(watchDisk({ engine, space: () => world.space(dataDir.path), every: world.every, log: logFault }));
  const reader = new Reader({ entry: readerFile(), database: places.database });
  closers.push(() => reader.close());
  closers.push(forgetErased(engine, reader, places.database, (err) => log.warn({ err }, 'the index for searching could not be brought up to date')));
  const backups = new BackupKeeper({
    engine,
    places,
    installation,
    workerTasks,
    whileClosed: (work) => reader.whileClosed(work),
    now: world.now,
    every: world.every,
    log: (message, detail) => log.warn({ detail }, message),
  });
  backups.start();
  closers.push(() => backups.close());

  const desktop = extension?.desktop;
  const language = () => desktop?.desktop()?.language ?? options.language;
  const reports = new Reports({
    reader,
    now: world.now,
    timeZone: world.timeZone,
    serviceSeconds: () => engine.board().settings.service_level_seconds,
    get language() {
      return language();
    },
  });
  const exports = new Exports(reports, extension?.exportsTo ?? { ask: async () => null }, extension?.print);
  const scheduler = new Scheduler({
    schedules: keptSchedules(engine),
    reports,
    now: world.now,
    timeZone: world.timeZone,
    every: world.every,
    log: (message, err) => log.error({ err }, message),
  });
  scheduler.start();
  closers.push(() => scheduler.close());

  const sessions = new Sessions({ engine, now: world.now, adminToken: token, log: (message, detail) => log.info(detail, message) });
  closers.push(() => sessions.close());
  closers.push(world.every(SESSIONS_LOOKED_AT_MS, () => sessions.tick()));

  const demo = createDemo({ engine, language: options.language, api_url: () => api_url, startOver: (actor) => backups.startOver(actor), log });
  let times: IntakeTimes | undefined;
  const info = (): HostInfo => ({
    version,
    api_url,
    data_dir: dataDir.path,
    language: desktop?.desktop()?.language ?? (options.languageAsked ? options.language : null),
    time_zone: world.timeZone,
    demo_running: demo.isRunning(),
    has_demo: demo.isThere(),
    closed: times?.closed ?? null,
    now: world.now(),
  });
  const alerts = new AlertWatch({
    board: () => engine.board(),
    today: (within_ms) => engine.today.figures(within_ms),
    now: world.now,
    every: world.every,
    timeZone: world.timeZone,
    log: (message, err) => log.error({ err }, message),
  });
  const runs = new Runs((listener) => engine.watch(listener));
  const host = createHost(engine, {
    info,
    runs,
    alerts,
    demo,
    desktop,
    backups,
    reader,
    reports,
    exports,
    scheduler,
    sessions: extension?.servesConsole && {
      list: () => sessions.list(),
      end: (id) => sessions.end(id),
      link: () => sessions.link(api_url),
    },
  });
  const connect = serveConsole(host, (path, err) => log.error({ path, err }, 'a call of the console failed'));
  const parts: Parts = { dataDir, sessions, connect, exports, log };

  const intake = createIntake({ engine, adminToken: token, version, log, reports, reader, sessions: extension?.servesConsole && sessions });
  extension?.routes?.(intake, parts);
  closers.push(() => intake.close());
  const listening = await listen(intake, { host: options.host, port: options.port ?? engine.board().settings.port });
  const api_url = urlOf(options.host, listening.port);
  const closeSockets = extension?.sockets?.(listening, parts);
  if (closeSockets) closers.push(closeSockets);
  closers.push(() => demo.stop());
  times = recordIntake(dataDir.intake, { now: world.now, every: world.every, latestArrival: () => latestArrival(store.reading) });
  closers.push(() => times?.close());
  lock.announce(api_url);
  if (options.host !== undefined && !LOOPBACK.has(options.host)) process.stderr.write(`${messages(options.language).openHost(options.host)}\n`);
  log.info({ version, port: listening.port, revision: engine.board().revision }, 'started');

  if (!wholly) void backups.lookAtAll();
  let stopping: Promise<void> | undefined;
  const stop = () => {
    log.info('stopping');
    return closeAll(closers);
  };
  const running: RunningHost = {
    ...parts,
    api_url,
    board: () => engine.board(),
    now: world.now,
    callers: (ms) => callers(engine.read, world.now() - ms),
    closed: times.closed,
    watchChanges: (listener) => runs.watch(listener),
    watchAlerts: (listener) => alerts.watch(listener),
    stop: () => (stopping ??= stop()),
  };
  if (options.demo && !(await demo.start()).ok) process.stderr.write(`${messages(options.language).demoNotEmpty}\n`);
  return running;
}

async function closeAll(closers: Closers): Promise<void> {
  for (const close of closers.splice(0).reverse()) await close();
}

/** URL of the API for programs on this machine; an address for all interfaces includes loopback. */
function urlOf(host: string | undefined, port: number): string {
  const name = host === undefined || ['localhost', '::1', '0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
