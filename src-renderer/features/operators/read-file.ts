/** A file of a spreadsheet, or text of one, as rows of text. It is read apart from the page, by what is loaded with the first file. */
import { PartMissing, part } from '../../kit/later.tsx';
import type { BytesRead } from './read-bytes.ts';

/** More is no list of operators. */
const MAX_BYTES = 10_000_000;
/** What is not read by then was made to take long. */
const READ_WITHIN_MS = 60_000;

export type FileRead = BytesRead | { readonly ok: false; readonly problem: 'too_large' | 'not_opened' | 'no_reader' };

export async function readFile(file: Blob): Promise<FileRead> {
  if (file.size > MAX_BYTES) return { ok: false, problem: 'too_large' };
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    return { ok: false, problem: 'not_opened' }; // gone since it was chosen, or locked by the program that has it open
  }
  try {
    return await part(() => readApart(bytes));
  } catch (error) {
    if (error instanceof PartMissing) return { ok: false, problem: 'no_reader' };
    throw error;
  }
}

/** @throws when the worker's script could not be had */
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
