/** Enters and leaves the wallboard: it has an address, so that a wall screen can open it, and goes full screen where possible. */
import { isWallboard, WALLBOARD } from '#kit/navigation/route.ts';

let cameFrom = '';

/** Shows the wallboard and remembers where the reader came from. */
export function enterWallboard(): void {
  if (isWallboard()) return;
  cameFrom = location.hash;
  location.hash = WALLBOARD;
  // full screen refused, for want of a user gesture or by the system: fills the window instead
  document.documentElement.requestFullscreen?.().catch(() => undefined);
}

/** Returns to where the reader came from, else to the live screen. */
export function leaveWallboard(): void {
  if (!isWallboard()) return;
  location.hash = cameFrom || '#/live';
  if (document.fullscreenElement) void document.exitFullscreen();
}
