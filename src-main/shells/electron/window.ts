/** The only place that creates windows. A window's permissions are set here and frozen. */
import { BrowserWindow, nativeTheme, type WebPreferences } from 'electron';
import type { Logger } from 'pino';
import { appFile } from '#shells/app-root.ts';
import { isOurPage, PAGE_URL } from './page.ts';
import { keepWindowState, readWindowState } from './window-state.ts';

const webPreferences: Readonly<WebPreferences> = Object.freeze({
  preload: appFile('out', 'preload', 'preload.cjs'),
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  webviewTag: false,
  spellcheck: false,
});

const SIZE = { width: 1280, height: 800 };
const LEAST = { minWidth: 800, minHeight: 500 };
/** `--bg` of the page's tokens.css, to avoid a flash before the first paint. */
const BACKGROUND = { light: '#f4f5f8', dark: '#0e1116' };

export interface WindowParts {
  readonly stateFile: string;
  readonly log: Logger;
  /** Called with an address to open in the user's browser; decides whether to open it. */
  readonly openOutside: (url: string) => void;
  /** not shown until requested */
  readonly hidden: boolean;
}

/** Opens the console's window. Links to other origins open outside it. */
export function openConsoleWindow({ stateFile, log, openOutside, hidden }: WindowParts): BrowserWindow {
  const state = readWindowState(stateFile);
  const window = new BrowserWindow({
    ...SIZE,
    ...state?.bounds,
    ...LEAST,
    title: 'Switchyard',
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences,
  });
  if (state?.is_maximized) window.maximize();
  keepWindowState(window, stateFile);
  if (!hidden) window.once('ready-to-show', () => window.show());

  const { webContents } = window;
  webContents.setWindowOpenHandler(({ url }) => {
    openOutside(url);
    return { action: 'deny' };
  });
  webContents.on('will-navigate', (event) => {
    if (!isOurPage(event.url)) event.preventDefault();
  });
  webContents.on('will-attach-webview', (event) => event.preventDefault());
  webContents.on('did-fail-load', (_event, code, description) => log.error({ code, description }, 'the page did not load'));
  webContents.on('preload-error', (_event, _path, err) => log.error({ err }, 'the preload script failed'));
  webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    log.error({ reason, exit_code: exitCode }, 'the page’s process is gone');
    if (reason !== 'clean-exit') webContents.reload();
  });

  // did-fail-load has already logged a failure
  window.loadURL(PAGE_URL).catch(() => undefined);
  return window;
}
