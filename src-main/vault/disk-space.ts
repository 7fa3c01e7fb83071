/** Watches free space on the data directory's disk: warns in time, and stops intake before the disk is full. */

import type { Engine } from '#engine/core/engine.ts';
import type { SpaceLevel } from '#engine/core/writer.ts';
import type { Every } from '#shared/time.ts';

/** Disk space in bytes. */
export interface Space {
  readonly free: number;
  readonly size: number;
}

/** Polling interval, off the event loop. Freed space is noticed within this time. */
export const LOOK_EVERY_MS = 4000;
const MIB = 1024 ** 2;
/** Space is low below this number of bytes, or on a small disk below this share of it. */
const LOW = { bytes: 1024 * MIB, share: 0.2 };
const SHORT = { bytes: 200 * MIB, share: 0.1 };

/** Maps free space to a level by the limits above. */
export function levelOf({ free, size }: Space): SpaceLevel {
  const isBelow = ({ bytes, share }: typeof LOW) => free < Math.min(bytes, size * share);
  if (isBelow(SHORT)) return 'short';
  return isBelow(LOW) ? 'low' : 'enough';
}

export interface DiskWatchOptions {
  readonly engine: Pick<Engine, 'setSpace'>;
  readonly space: () => Promise<Space>;
  readonly every: Every;
  readonly log: (message: string, error: unknown) => void;
}

/** Starts at once and runs until the returned function is called. When the disk cannot be queried, the last known level stays. */
export function watchDisk({ engine, space, every, log }: DiskWatchOptions): () => void {
  let isAsking = false;
  let hasFailed = false;
  const look = async () => {
    if (isAsking) return; // do not pile up queries to a share that does not respond
    isAsking = true;
    try {
      engine.setSpace(levelOf(await space()));
      hasFailed = false;
    } catch (error) {
      if (!hasFailed) log('the free space of the disk could not be read', error);
      hasFailed = true;
    } finally {
      isAsking = false;
    }
  };
  void look();
  return every(LOOK_EVERY_MS, () => void look());
}
