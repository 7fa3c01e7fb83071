/** The desktop shell: the host in the main process, the console in a window. */
import { join } from 'node:path';
import { app, type BrowserWindow, dialog, nativeTheme, session, shell } from 'electron';
import { appFile } from '#shells/app-root.ts';
import { type RunningHost, startHost } from '#shells/compose.ts';
import { dataDirAt, prepareDataDir } from '#shells/data-dir.ts';
import { EXIT } from '#shells/exit-codes.ts';
import { readHolder } from '#shells/instance-lock.ts';
import { dataDirProblem, messages } from '#shells/messages.ts';
import type { Options } from '#shells/options.ts';
import { sayReady } from '#shells/ready.ts';
import { realWorld } from '#shells/real-world.ts';
import { stopAndExit } from '#shells/shutdown.ts';
import { Choices } from './choices.ts';
import { consoleOverIpc } from './console-ipc.ts';
import { furnish } from './furnish.ts';
import { declarePageScheme, servePage } from './page.ts';
import { restrictPermissions } from './permissions.ts';
import { printPage } from './print-page.ts';
import { saveAs } from './save-as.ts';
import { openConsoleWindow } from './window.ts';

/** Runs until the window is closed. Resolves to an exit code if it could not start. */
export async function runDesktop(given: Options): Promise<number | undefined> {
  const dataDir = dataDirAt(given.dataDir);
  const choices = new Choices(join(dataDir.window, 'preferences.json'), { asked: given.languageAsked ? given.language : null, system: given.language });
  const options = { ...given, language: choices.desktop().language };
  const say = messages(options.language);
  const refused = (exitCode: number, message: string): number => {
    process.stderr.write(`${message}\n`);
    // when started from an icon, nobody reads stderr
    if (app.isPackaged && !options.json) dialog.showErrorBox(say.failedTitle, message);
    return exitCode;
  };

  try {
    prepareDataDir(dataDir);
  } catch (error) {
    const { exitCode, message } = dataDirProblem(say, dataDir.path, error);
    return refused(exitCode, message);
  }
  app.commandLine.appendSwitch('lang', options.language); // date and time fields follow Chromium's language
  app.setPath('userData', dataDir.window);
  // brings up the window of a first instance; the data directory's own lock shows whether there is another process
  if (!app.requestSingleInstanceLock()) return refused(EXIT.already_running, say.alreadyRunning(dataDir.path, readHolder(dataDir)?.pid ?? null));
  declarePageScheme();
  await app.whenReady();
  followTheme(choices);

  const started = await startHost(options, realWorld(), { exportsTo: { ask: saveAs }, desktop: choices, print: () => printPage });
  if (!started.ok) return refused(started.exitCode, started.message);
  const { host } = started;
  endWith(host);

  restrictPermissions(session.defaultSession);
  servePage(appFile('out', 'renderer'));
  consoleOverIpc(host.connect);
  const docs = `${host.api_url}/docs`;
  const openDocs = () => void shell.openExternal(docs);
  const window = openConsoleWindow({
    stateFile: join(dataDir.window, 'window.json'),
    log: host.log,
    // the only external address that the page may open
    openOutside: (url) => {
      if (url === docs) openDocs();
    },
    hidden: options.hidden,
  });
  furnish({ window, host, choices, dataDir, openDocs, show: () => focus(window) });
  app.on('second-instance', () => focus(window));
  sayReady(options, {
    api_url: host.api_url,
    also: host.addresses.others,
    console_url: null,
    data_dir: dataDir.path,
    admin_token_file: dataDir.adminToken,
    closed: host.closed,
  });
  return undefined;
}

/** Makes menu, dialogs and the window background follow the page's theme. */
function followTheme(choices: Choices): void {
  const take = () => {
    const { theme } = choices.desktop();
    nativeTheme.themeSource = theme === 'auto' ? 'system' : theme;
  };
  take();
  choices.watchDesktop(take);
}

/** Stops the host at exit. Closing the window, the menu and system signals all lead to `before-quit`. */
function endWith(host: RunningHost): void {
  let stopping = false;
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (stopping) return;
    stopping = true;
    void stopAndExit(host, (code) => app.exit(code));
  });
  process.on('SIGINT', () => app.quit());
  process.on('SIGTERM', () => app.quit());
}

function focus(window: BrowserWindow): void {
  if (window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
