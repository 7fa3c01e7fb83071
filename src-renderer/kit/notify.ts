/** Notifications of the operating system from a browser. In the window the main process gives them. */

/** What the reader has let this browser do; `here`: the desktop's main process gives the notifications, and needs nobody's leave. */
export type Leave = NotificationPermission | 'here' | 'missing';
export const leaveToNotify = (): Leave => (window.switchyard ? 'here' : 'Notification' in window ? Notification.permission : 'missing');

/** Whether this console could give notifications if the reader let it; in the window it never has to. */
export const mayAskToNotify = (): boolean => leaveToNotify() === 'default';

/** Asks the reader, through the browser; needs a press of a key or button before it. */
export async function askToNotify(): Promise<boolean> {
  return (await Notification.requestPermission()) === 'granted';
}

/** One notification takes the place of the one before it: there is one desk to look after. A click shows this window, and does what is asked. */
export function notify(title: string, body: string, onClick: () => void): void {
  if (leaveToNotify() !== 'granted') return;
  const shown = new Notification(title, { body, tag: 'switchyard', silent: true });
  shown.onclick = () => {
    window.focus();
    onClick();
    shown.close();
  };
}
