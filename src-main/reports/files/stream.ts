import { Readable } from 'node:stream';
import type { Asking } from '#reports/reader.ts';
import type { AnyFile, Reports } from '#reports/reports.ts';

export interface Watched extends Pick<Asking, 'onProgress'> {
  /** called after the last byte; `rows` is null for files without rows */
  readonly onDone?: (rows: number | null) => void;
  readonly onFailed?: (error: unknown) => void;
}

/** The file as a stream. It is generated at the reader's pace and stops when the stream is destroyed. */
export function fileStream(reports: Reports, file: AnyFile, { onProgress, onDone, onFailed }: Watched = {}): Readable {
  const abort = new AbortController();
  let wanted: () => void = () => undefined;
  const stream = new Readable({
    read: () => wanted(),
    destroy: (error, done) => {
      abort.abort(error ?? new Error('nobody reads the file'));
      wanted();
      done(error);
    },
  });
  const write = (chunk: Uint8Array): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    wanted = resolve;
    if (stream.push(chunk)) resolve();
    return promise;
  };
  reports.file(file, write, { signal: abort.signal, onProgress }).then(
    ({ rows }) => {
      stream.push(null);
      onDone?.(rows);
    },
    (error: unknown) => {
      onFailed?.(error);
      stream.destroy(error as Error);
    },
  );
  return stream;
}
