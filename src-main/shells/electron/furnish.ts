/** Adds the desktop integration to the window: menu, tray, notifications, and the user's choices. */
import { app, type BrowserWindow, shell } from 'electron';
import type { RunningHost } from '#shells/compose.ts';
import type { DataDir } from '#shells/data-dir.ts';
import { messages } from '#shells/messages.ts';
import { showAbout } from './about.ts';
import type { Choices } from './choices.ts';
import { askPage, type PageCommand } from './commands.ts';
import { type Choice, type MenuActions, setMenu } from './menu.ts';
import { notifier } from './notifications.ts';
import { openTray } from './tray.ts';

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
  const choice = (name: 'close_to_tray' | 'starts_at_login'): Choice => ({
    is: () => choices.desktop()[name],
    set: (on) => {
      const outcome = choices.saveDesktop({ [name]: on });
      if (!outcome.ok) host.log.warn({ detail: outcome.problem.detail }, 'a choice of the menu could not be kept');
    },
  });
  const actions: MenuActions = {
    openDocs,
    openLogs: () => void shell.openPath(dataDir.logs),
    openData: () => void shell.openPath(dataDir.path),
    about: () => void showAbout(window, say().about),
    page,
  };
  const showMenu = () => setMenu(say().menu, actions, { closeToTray: choice('close_to_tray'), startAtLogin: choice('starts_at_login') });
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
  hideInstead(window, () => tray !== null && choices.desktop().close_to_tray);
  app.on('will-quit', () => tray?.close());
}

/** Hides the window on close instead of quitting, if the user prefers that and there is a tray icon. */
function hideInstead(window: BrowserWindow, stays: () => boolean): void {
  let quitting = false;
  app.on('before-quit', () => {
    quitting = true;
  });
  window.on('close', (event) => {
    if (quitting || !stays()) return;
    event.preventDefault();
    window.hide();
  });
}
