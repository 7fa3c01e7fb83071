import { create } from 'zustand';

interface Connection {
  readonly is_up: boolean;
  /** when it went down; null while it is up, and before it was up for the first time */
  readonly lost_at: number | null;
}

export const useConnection = create<Connection>(() => ({ is_up: false, lost_at: null }));

export function linkOpened(): void {
  useConnection.setState({ is_up: true, lost_at: null });
}

/** Counts from the first sign of the loss: attempts to reconnect fail again and again. */
export function linkClosed(now: number): void {
  useConnection.setState((state) => ({ is_up: false, lost_at: state.lost_at ?? (state.is_up ? now : null) }));
}

/** Calls back each time the link is there again, until the returned function is called: what could not be read meanwhile is asked for anew. */
export const onLinkUp = (listener: () => void): (() => void) =>
  useConnection.subscribe((now, before) => {
    if (now.is_up && !before.is_up) listener();
  });

/** Resolves as soon as the link is there. */
export const linkUp = (): Promise<void> =>
  new Promise((resolve) => {
    if (useConnection.getState().is_up) return resolve();
    const stop = onLinkUp(() => {
      stop();
      resolve();
    });
  });
