/** Tells of figures past their thresholds by the operating system; a click shows the window at their cause. */
import { type BrowserWindow, Notification } from 'electron';
import { type Alert, causes, worstOf } from '#shared/alerts.ts';
import type { Settings } from '#shared/contract/settings.ts';
import type { Messages } from '#shells/messages.ts';

export interface NotificationParts {
  readonly window: BrowserWindow;
  /** in the language of the moment */
  readonly say: () => Messages['alerts'];
  readonly settings: () => Settings;
  /** shows the window at an address of the page */
  readonly goTo: (address: `#/${string}`) => void;
}

function alertText({ figure, reading }: Alert, say: Messages['alerts']): string {
  return say[figure](Math.round(reading));
}

export function notifier({ window, say: sayNow, settings, goTo }: NotificationParts): (alerts: readonly Alert[]) => void {
  let shown: Notification | undefined;
  return (alerts) => {
    const first = worstOf(alerts);
    if (!first || !settings().notifications) return;
    if (first.tone === 'bad' && !window.isDestroyed() && !window.isFocused()) window.flashFrame(true);
    if (!Notification.isSupported()) return;
    const say = sayNow();
    shown?.close(); // one desk, one notification
    shown = new Notification({ title: say[first.tone], body: alerts.map((alert) => alertText(alert, say)).join('\n'), silent: true });
    shown.on('click', () => goTo(`#/${causes[first.figure]}`));
    shown.show();
  };
}
