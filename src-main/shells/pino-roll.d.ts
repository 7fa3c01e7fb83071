declare module 'pino-roll' {
  /** pino-roll ships no types; these are the options that we use. */
  export default function roll(options: {
    file: string;
    size: string;
    frequency: 'daily';
    dateFormat: string;
    extension: string;
    mode: number;
    limit: { count: number; removeOtherLogFiles: boolean };
  }): Promise<import('pino').DestinationStream & { end(): void; once(event: 'close', listener: () => void): void }>;
}
