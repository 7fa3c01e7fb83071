/** System notifications for figures beyond their thresholds. A click shows the cause in the window. */
import { type BrowserWindow, Notification } from 'electron';
import { type Alert, causes, worstOf } from '#shared/alerts.ts';
import type { Settings } from '#shared/contract/settings.ts';
import type { Messages } from '#shells/messages.ts';

export interface NotificationParts {
  readonly window: BrowserWindow;
  /** texts in the current language */
  readonly say: () => Messages['alerts'];
  readonly settings: () => Settings;
  /** shows the window at an address of the page */
  readonly goTo: (address: `#/${string}`) => void;
}

function alertText({ figure, reading }: Alert, say: Messages['alerts']): string {
  return say[figure](Math.round(reading));
}

/** Returns a listener for alerts that shows the worst one as a system notification. */
export function notifier({ window, say: sayNow, settings, goTo }: NotificationParts): (alerts: readonly Alert[]) => void {
  let shown: Notification | undefined;
  return (alerts) => {
    const first = worstOf(alerts);
    if (!first || !settings().notifications) return;
    if (first.tone === 'bad' && !window.isDestroyed() && !window.isFocused()) window.flashFrame(true);
    if (!Notification.isSupported()) return;
    const say = sayNow();
    shown?.close(); // at most one notification per desk
    shown = new Notification({ title: say[first.tone], body: alerts.map((alert) => alertText(alert, say)).join('\n'), silent: true });
    shown.on('click', () => goTo(`#/${causes[first.figure]}`));
    shown.show();
  };
}
