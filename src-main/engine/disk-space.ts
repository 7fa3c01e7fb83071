/** Looks after the room on the data directory's disk: a warning while there is time to make some, and no more contacts before it runs out. */
import type { Every } from '#shared/time.ts';
import type { Engine } from './engine.ts';
import type { SpaceLevel } from './writer.ts';

/** Of the disk; both in bytes. */
export interface Space {
  readonly free: number;
  readonly size: number;
}

/** Asked off the event loop, so often: room that was made is noticed within it. */
export const LOOK_EVERY_MS = 4000;
const MIB = 1024 ** 2;
/** Below so many bytes, or on a small disk below this share of it. */
const LOW = { bytes: 1024 * MIB, share: 0.2 };
const SHORT = { bytes: 200 * MIB, share: 0.1 };

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

/** Begins at once, and goes on until the returned function is called. A disk that does not say how full it is counts as it was. */
export function watchDisk({ engine, space, every, log }: DiskWatchOptions): () => void {
  let isAsking = false;
  let hasFailed = false;
  const look = async () => {
    if (isAsking) return; // a share that does not answer is asked once
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
