/** Browser notifications. In the desktop window the main process shows them. */

/** Notification permission of this browser; `here`: the desktop's main process shows them and needs no permission. */
export type Leave = NotificationPermission | 'here' | 'missing';
export const leaveToNotify = (): Leave => (window.switchyard ? 'here' : 'Notification' in window ? Notification.permission : 'missing');

/** Whether this console could show notifications with permission; in the desktop window it never needs to. */
export const mayAskToNotify = (): boolean => leaveToNotify() === 'default';

/** Requests permission through the browser; needs a user gesture. */
export async function askToNotify(): Promise<boolean> {
  return (await Notification.requestPermission()) === 'granted';
}

/** Shows a notification, replacing the previous one. A click focuses this window and runs the action. */
export function showBrowserNotification(title: string, body: string, onClick: () => void): void {
  if (leaveToNotify() !== 'granted') return;
  const shown = new Notification(title, { body, tag: 'switchyard', silent: true });
  shown.onclick = () => {
    window.focus();
    onClick();
    shown.close();
  };
}
