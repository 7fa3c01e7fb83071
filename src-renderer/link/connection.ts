import { create } from 'zustand';

interface Connection {
  readonly is_up: boolean;
  /** when it went down; null while up and before the first connection */
  readonly lost_at: number | null;
}

export const useConnection = create<Connection>(() => ({ is_up: false, lost_at: null }));

export function linkOpened(): void {
  useConnection.setState({ is_up: true, lost_at: null });
}

/** Kept from the first sign of the loss, since reconnection attempts fail repeatedly. */
export function linkClosed(now: number): void {
  useConnection.setState((state) => ({ is_up: false, lost_at: state.lost_at ?? (state.is_up ? now : null) }));
}

/** Calls back on each reconnection, until the returned function is called, so that failed reads can be repeated. */
export const onLinkUp = (listener: () => void): (() => void) =>
  useConnection.subscribe((now, before) => {
    if (now.is_up && !before.is_up) listener();
  });

/** Resolves once the link is up. */
export const linkUp = (): Promise<void> =>
  new Promise((resolve) => {
    if (useConnection.getState().is_up) return resolve();
    const stop = onLinkUp(() => {
      stop();
      resolve();
    });
  });
