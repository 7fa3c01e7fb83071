import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import styles from './toast.module.css';

/** Long enough to read and to undo. */
const TOAST_MS = 8_000;

export interface Action {
  readonly label: string;
  readonly run: () => void;
}

interface Toast {
  readonly message: ReactNode;
  /** accessible name of the close button */
  readonly close: string;
  readonly tone?: 'calm' | 'bad';
  readonly undo?: Action;
  /** another action, before the undo */
  readonly also?: Action;
  /** a toast with the same id replaces the earlier one */
  readonly id?: string;
}

/** Last shown toast by `Toast.id`. The library drops a toast whose own id is still on the screen, so each gets a new one. */
const latest = new Map<string, string>();

/** Shows a toast for `TOAST_MS`. An action closes it. */
export function toast({ message, close, tone = 'calm', undo, also, id }: Toast): void {
  const earlier = id && latest.get(id);
  if (earlier) notifications.hide(earlier);
  const button = (action: Action | undefined, isUndo: boolean) =>
    action && (
      <button
        type="button"
        className={styles.action}
        data-undo={isUndo ? '' : undefined}
        onClick={() => {
          notifications.hide(shown);
          action.run();
        }}
      >
        {action.label}
      </button>
    );
  const shown = notifications.show({
    message: (
      <div className={styles.body}>
        <span>{message}</span>
        <div className={styles.actions}>
          {button(also, false)}
          {button(undo, true)}
        </div>
      </div>
    ),
    autoClose: TOAST_MS,
    withBorder: true,
    role: tone === 'bad' ? 'alert' : 'status',
    closeButtonProps: { 'aria-label': close },
    classNames: { root: styles.root ?? '', icon: styles.icon ?? '' },
    'data-tone': tone,
  } as Parameters<typeof notifications.show>[0]); // data attributes are passed on, but are not in the type
  if (id) latest.set(id, shown);
}
