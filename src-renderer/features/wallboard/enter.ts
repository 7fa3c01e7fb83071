/** The way onto the wallboard and back: an address, so that a screen on the wall can be given it, and the whole screen where it may be had. */
import { isWallboard, WALLBOARD } from '../../kit/route.ts';

let cameFrom = '';

export function enterWallboard(): void {
  if (isWallboard()) return;
  cameFrom = location.hash;
  location.hash = WALLBOARD;
  // refused without a gesture, or by the system: then it fills the window
  document.documentElement.requestFullscreen?.().catch(() => undefined);
}

export function leaveWallboard(): void {
  if (!isWallboard()) return;
  location.hash = cameFrom || '#/live';
  if (document.fullscreenElement) void document.exitFullscreen();
}
