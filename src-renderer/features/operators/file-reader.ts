/** A worker that reads one file: however much is in it, the page goes on. */
import { readBytes } from './read-bytes.ts';

self.addEventListener('message', ({ data }: MessageEvent<Uint8Array<ArrayBuffer>>) => {
  void readBytes(data).then((read) => self.postMessage(read));
});
