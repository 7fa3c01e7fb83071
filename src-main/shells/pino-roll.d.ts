declare module 'pino-roll' {
  /** pino-roll ships no types; only the options in use are declared. */
  export default function roll(options: {
    file: string;
    size: string;
    frequency: 'daily';
    dateFormat: string;
    extension: string;
    mode: number;
    maxLength: number;
    limit: { count: number; removeOtherLogFiles: boolean };
  }): Promise<
    import('pino').DestinationStream & {
      end(): void;
      flushSync(): void;
      on(event: 'error' | 'write', listener: () => void): void;
      once(event: 'close', listener: () => void): void;
    }
  >;
}
