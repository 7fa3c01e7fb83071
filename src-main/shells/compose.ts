/** Assembles a host: data directory, lock, log, database, engine, HTTP port, console. Independent of the shell; both shells start their host here. */
import { rmSync } from 'node:fs';
import { Sessions } from '#engine/access/sessions.ts';
import { SignIn } from '#engine/access/sign-in.ts';
import { callers } from '#engine/views/queries.ts';
import { listen, PortTaken } from '#intake/listen.ts';
import { createIntake } from '#intake/server.ts';
import type { Alert } from '#shared/alerts.ts';
import type { Board } from '#shared/board.ts';
import type { Closed } from '#shared/contract/desk.ts';
import { StoreError } from '#store/sqlite/open.ts';
import { latestArrival } from '#store/tables/periods.ts';
import { type Addresses, addressesOf, isBeyondLoopback } from './addresses.ts';
import { adminToken } from './admin-token.ts';
import { type DeskCertificates, givenCertificates, ownCertificates, UnusableCertificate } from './certificates.ts';
import { createConsole } from './create-console.ts';
import { dataDirAt, prepareDataDir } from './data-dir.ts';
import { DatabaseRefused } from './database.ts';
import { EXIT } from './exit-codes.ts';
import { lockDataDir } from './instance-lock.ts';
import { type IntakeTimes, recordIntake } from './intake-times.ts';
import { type Log, openLog } from './log.ts';
import { certificateFault, dataDirProblem, messages, systemError } from './messages.ts';
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
  /** for whoever is to use the desk; see `addresses` */
  readonly api_url: string;
  readonly addresses: Addresses;
  /** undefined: the port speaks plain HTTP */
  readonly certificates: DeskCertificates | undefined;
  /** Finishes pending work, checkpoints and releases the data directory. A second call waits for the first. */
  stop(): Promise<void>;
}

/** The running host or, if refused, the `message` for stderr and the `exitCode`. */
export type Started = { readonly ok: true; readonly host: RunningHost } | { readonly ok: false; readonly exitCode: number; readonly message: string };

const SESSIONS_LOOKED_AT_MS = 60_000;

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
    if (error instanceof UnusableCertificate) return refused(EXIT.failure, say.badCertificate(error.file, certificateFault(say, error)));
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
  const signIn = new SignIn({ engine, sessions, now: world.now, adminToken: token });
  const certificates = await startTls(opening, log);
  let times: IntakeTimes | undefined;
  const { demo, runs, alerts, connect } = createConsole(opening, {
    ...reporting,
    engine,
    reader,
    backups,
    sessions,
    log,
    version,
    addresses: () => addresses,
    certificates,
    closed: () => times?.closed ?? null,
  });
  const parts: Parts = { dataDir, sessions, signIn, connect, exports: reporting.exports, log };

  const intake = createIntake({
    engine,
    adminToken: token,
    version,
    log,
    reports: reporting.reports,
    reader,
    sessions: extension?.servesConsole && sessions,
    signIn,
    allowedHosts: options.allowedHosts,
    certificates,
  });
  extension?.routes?.(intake, parts);
  closers.push(() => intake.close());
  const listening = await listen(intake, { host: options.host, port: options.port ?? engine.board().settings.port });
  const { host, allowedHosts } = options;
  const addresses = addressesOf({ host, allowedHosts, port: listening.port, isEncrypted: certificates !== undefined });
  const api_url = addresses.public;
  const closeSockets = extension?.sockets?.(listening, parts);
  if (closeSockets) closers.push(closeSockets);
  closers.push(() => demo.stop());
  times = recordIntake(dataDir.intake, { now: world.now, every: world.every, latestArrival: () => latestArrival(store.reading) });
  closers.push(() => times?.close());
  lock.announce(api_url);
  if (isBeyondLoopback(host)) process.stderr.write(`${openSaid(options, host, certificates)}\n`);
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
    addresses,
    certificates,
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

/** Certificates for the port, if it speaks TLS: always when other machines reach it, unless that was ruled out. */
async function startTls({ options, world, dataDir, closers }: Opening, log: Log['logger']): Promise<DeskCertificates | undefined> {
  if (options.tls) {
    const given = givenCertificates(options.tls, { every: world.every, now: world.now, log });
    closers.push(given.close);
    return given;
  }
  return isBeyondLoopback(options.host) && !options.insecure ? await ownCertificates(dataDir, options.allowedHosts, world.now) : undefined;
}

function openSaid({ language }: Options, host: string, certificates: DeskCertificates | undefined): string {
  const { open: said } = messages(language);
  if (!certificates) return said.plain(host);
  return certificates.isOwn ? said.own(host, certificates.fingerprint()) : said.given(host);
}
