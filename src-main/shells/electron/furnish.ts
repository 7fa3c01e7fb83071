/** Gives the window what belongs to a desktop program: menu, tray, notifications, and its user's choices. */
import { join } from 'node:path';
import { app, type BrowserWindow, shell } from 'electron';
import type { RunningHost } from '#shells/compose.ts';
import type { DataDir } from '#shells/data-dir.ts';
import { messages } from '#shells/messages.ts';
import type { Options } from '#shells/options.ts';
import { showAbout } from './about.ts';
import { askPage, type PageCommand } from './commands.ts';
import { setStartsAtLogin, startCommand, startsAtLogin } from './login-item.ts';
import { setMenu } from './menu.ts';
import { notifier } from './notifications.ts';
import { KeptPreferences } from './preferences.ts';
import { openTray } from './tray.ts';

export interface Furniture {
  readonly window: BrowserWindow;
  readonly host: RunningHost;
  readonly options: Options;
  readonly dataDir: DataDir;
  readonly openDocs: () => void;
  readonly show: () => void;
}

export function furnish({ window, host, options, dataDir, openDocs, show }: Furniture): void {
  const say = messages(options.language);
  const page = (command: PageCommand) => {
    show();
    void askPage(window, command).catch(() => undefined); // the page may be loading, or gone: then there is nothing to ask
  };
  const preferences = new KeptPreferences(join(dataDir.window, 'preferences.json'));
  const command = startCommand(process.argv);
  setMenu(
    options.language,
    {
      openDocs,
      openLogs: () => void shell.openPath(dataDir.logs),
      openData: () => void shell.openPath(dataDir.path),
      about: () => void showAbout(window, say.about),
      page,
    },
    {
      closeToTray: { is: () => preferences.now.close_to_tray, set: (close_to_tray) => preferences.set({ close_to_tray }) },
      startAtLogin: {
        is: () => startsAtLogin(command),
        set: (on) => {
          try {
            setStartsAtLogin(on, command);
          } catch (err) {
            host.log.warn({ err }, 'starting with the system could not be set');
          }
        },
      },
    },
  );
  const closeTray = openTray({
    window,
    say: say.tray,
    board: () => host.host.board(),
    watch: (listener) => host.host.watch(listener),
    actions: { show, wallboard: () => page('wallboard'), quit: () => app.quit() },
  });
  host.host.watchAlerts(notifier({ window, say: say.alerts, settings: () => host.host.board().settings, goTo: page }));
  hideInstead(window, () => closeTray !== null && preferences.now.close_to_tray);
  app.on('will-quit', () => closeTray?.());
}

/** With the icon in the tray the window may go and the desk stay, where its user prefers that. */
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
