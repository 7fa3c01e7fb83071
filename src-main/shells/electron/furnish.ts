/** Adds the desktop integration to the window: menu, tray, notifications, and the user's choices. */
import { app, type BrowserWindow, shell } from 'electron';
import type { DesktopPatch, OnClose } from '#shared/contract/desktop.ts';
import type { RunningHost } from '#shells/compose.ts';
import type { DataDir } from '#shells/data-dir.ts';
import { messages } from '#shells/messages.ts';
import { showAbout } from './about.ts';
import type { Choices } from './choices.ts';
import { watchClosing } from './closing.ts';
import { askPage, type PageCommand } from './commands.ts';
import { type Choice, type MenuActions, setMenu } from './menu.ts';
import { notifier } from './notifications.ts';
import { openTray } from './tray.ts';

const HOUR_MS = 3_600_000;

export interface Furniture {
  readonly window: BrowserWindow;
  readonly host: RunningHost;
  readonly choices: Choices;
  readonly dataDir: DataDir;
  readonly openDocs: () => void;
  readonly show: () => void;
}

export function furnish({ window, host, choices, dataDir, openDocs, show }: Furniture): void {
  const say = () => messages(choices.desktop().language);
  const page = (command: PageCommand) => {
    show();
    void askPage(window, command).catch(() => undefined); // the page may be loading or gone: then there is nothing to do
  };
  const keep = (patch: DesktopPatch) => {
    const outcome = choices.saveDesktop(patch);
    if (!outcome.ok) host.log.warn({ detail: outcome.problem.detail }, 'a choice in the menu could not be saved');
  };
  const startAtLogin: Choice = { is: () => choices.desktop().starts_at_login, set: (starts_at_login) => keep({ starts_at_login }) };
  const onClose = { is: () => choices.desktop().on_close, set: (on_close: OnClose) => keep({ on_close }) };
  const actions: MenuActions = {
    openDocs,
    openLogs: () => void shell.openPath(dataDir.logs),
    openData: () => void shell.openPath(dataDir.path),
    about: () => void showAbout(window, say().about),
    page,
  };
  const showMenu = () => setMenu(say().menu, actions, { startAtLogin, onClose });
  showMenu();
  const tray = openTray({
    window,
    say: () => say().tray,
    board: host.board,
    now: host.now,
    watch: host.watchChanges,
    actions: { show, wallboard: () => page('wallboard'), quit: () => app.quit() },
  });
  choices.watchDesktop(() => {
    showMenu();
    tray?.show();
  });
  host.watchAlerts(notifier({ window, say: () => say().alerts, settings: () => host.board().settings, goTo: page }));
  watchClosing({ window, say: () => say().closing, hasTray: tray !== null, choice: onClose, board: host.board, callers: () => host.callers(HOUR_MS) });
  app.on('will-quit', () => tray?.close());
}
