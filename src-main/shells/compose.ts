/** Assembles a host: data directory, lock, log, database, engine, HTTP port, console. Independent of the shell; both shells start their host here. */
import { rmSync } from 'node:fs';
import { Sessions } from '#engine/access/sessions.ts';
import { callers } from '#engine/views/queries.ts';
import { listen, PortTaken } from '#intake/listen.ts';
import { createIntake } from '#intake/server.ts';
import type { Alert } from '#shared/alerts.ts';
import type { Board } from '#shared/board.ts';
import type { Closed } from '#shared/contract/desk.ts';
import { StoreError } from '#store/sqlite/open.ts';
import { latestArrival } from '#store/tables/periods.ts';
import { adminToken } from './admin-token.ts';
import { createConsole } from './create-console.ts';
import { dataDirAt, prepareDataDir } from './data-dir.ts';
import { DatabaseRefused } from './database.ts';
import { EXIT } from './exit-codes.ts';
import { lockDataDir } from './instance-lock.ts';
import { type IntakeTimes, recordIntake } from './intake-times.ts';
import { type Log, openLog } from './log.ts';
import { dataDirProblem, messages, systemError } from './messages.ts';
import { openData } from './open-data.ts';
import type { Closers, Extension, HostWorld, Opening, Parts } from './opening.ts';
import type { Options } from './options.ts';
import { startReports } from './start-reports.ts';
import { appVersion } from './version.ts';

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

const SESSIONS_LOOKED_AT_MS = 60_000;
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);

/** Starts a host. Expected failures, such as a locked data directory, are values with a message and an exit code. */
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

async function open(opening: Opening): Promise<RunningHost> {
  const { options, world, extension, dataDir, lock, closers } = opening;
  rmSync(dataDir.printing, { recursive: true, force: true, maxRetries: 3 }); // left by a process that was killed while printing
  const version = appVersion();
  const log = await startLog(opening);
  const token = adminToken(dataDir.adminToken);
  const { store, engine, reader, backups, wholly } = await openData(opening, log);
  const reporting = startReports(opening, { engine, reader, log });
  const sessions = new Sessions({ engine, now: world.now, adminToken: token, log: (message, detail) => log.info(detail, message) });
  closers.push(() => sessions.close());
  closers.push(world.every(SESSIONS_LOOKED_AT_MS, () => sessions.tick()));
  let times: IntakeTimes | undefined;
  const { demo, runs, alerts, connect } = createConsole(opening, {
    ...reporting,
    engine,
    reader,
    backups,
    sessions,
    log,
    version,
    api_url: () => api_url,
    closed: () => times?.closed ?? null,
  });
  const parts: Parts = { dataDir, sessions, connect, exports: reporting.exports, log };

  const intake = createIntake({
    engine,
    adminToken: token,
    version,
    log,
    reports: reporting.reports,
    reader,
    sessions: extension?.servesConsole && sessions,
  });
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

/** Opens the log, which also records what kills the process. */
async function startLog({ options, world, dataDir, closers }: Opening): Promise<Log['logger']> {
  const { logger, close } = await openLog(dataDir.logs, options.verbose, world.now);
  closers.push(close);
  const onCrash = (err: unknown) => logger.fatal({ err }, 'crashed');
  process.on('uncaughtExceptionMonitor', onCrash);
  closers.push(() => process.off('uncaughtExceptionMonitor', onCrash));
  return logger;
}

async function closeAll(closers: Closers): Promise<void> {
  for (const close of closers.splice(0).reverse()) await close();
}

/** URL of the API for programs on this machine; an address for all interfaces includes loopback. */
function urlOf(host: string | undefined, port: number): string {
  const name = host === undefined || ['localhost', '::1', '0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
