/** What the desktop shell's preload exposes: a pipe to the host in the main process. */
export interface Bridge {
  post(message: string): void;
  /** Calls back with each message from the host, until the returned function is called. */
  listen(on: (message: string) => void): () => void;
}

declare global {
  interface Window {
    readonly switchyard?: Bridge;
  }
}
