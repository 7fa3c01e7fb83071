/** Worker that reads one file, so that a large one does not block the page. */
import { readBytes } from './read-bytes.ts';

self.addEventListener('message', ({ data }: MessageEvent<Uint8Array<ArrayBuffer>>) => {
  self.postMessage(readBytes(data));
});
