import { randomBytes, randomInt } from 'node:crypto';
import { statfs } from 'node:fs/promises';
import { realClock } from '#intake/clock.ts';
import type { HostWorld } from './opening.ts';
import { ownTimeZone } from './time-zone.ts';

/** The clock, the dice and the secrets of this machine. */
export const realWorld = (): HostWorld => ({
  now: Date.now,
  dice: (sum) => randomInt(sum),
  newKey: () => `sw_${randomBytes(32).toString('base64url')}`,
  space: async (path) => {
    const { bavail, blocks, bsize } = await statfs(path);
    return { free: bavail * bsize, size: blocks * bsize };
  },
  every: realClock.every,
  timeZone: ownTimeZone(Date.now()),
});
