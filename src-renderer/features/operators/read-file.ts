/** Reads a spreadsheet file, or pasted text, as rows of text, in a worker that is loaded with the first file. */
import { PartMissing, part } from '#kit/navigation/lazy.tsx';
import type { BytesRead } from './read-bytes.ts';

/** A larger file is not a list of operators. */
const MAX_BYTES = 10_000_000;
/** Files that take longer are crafted to do so. */
const READ_WITHIN_MS = 60_000;

export type FileRead = BytesRead | { readonly ok: false; readonly problem: 'too_large' | 'not_opened' | 'no_reader' };

/** Reads a file in a worker. Files that cannot be read are values with their problem. */
export async function readFile(file: Blob): Promise<FileRead> {
  if (file.size > MAX_BYTES) return { ok: false, problem: 'too_large' };
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    return { ok: false, problem: 'not_opened' }; // deleted since it was chosen, or locked by another program
  }
  try {
    return await part(() => readApart(bytes));
  } catch (error) {
    if (error instanceof PartMissing) return { ok: false, problem: 'no_reader' };
    throw error;
  }
}

/** @throws when the worker's script could not be loaded */
async function readApart(bytes: Uint8Array<ArrayBuffer>): Promise<BytesRead> {
  const worker = new Worker(new URL('./file-reader.ts', import.meta.url), { type: 'module' });
  let late: ReturnType<typeof setTimeout> | undefined;
  try {
    return await new Promise<BytesRead>((resolve, reject) => {
      worker.addEventListener('message', ({ data }: MessageEvent<BytesRead>) => resolve(data));
      worker.addEventListener('error', () => reject(new Error('the reader of files could not be loaded')));
      late = setTimeout(() => resolve({ ok: false, problem: 'too_much' }), READ_WITHIN_MS);
      worker.postMessage(bytes);
    });
  } finally {
    clearTimeout(late);
    worker.terminate();
  }
}
