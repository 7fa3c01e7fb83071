import type { Wish } from '../../../src-main/intake/waiting-room.ts';

export class WaitingRoom {
  enter(_wish: Wish) {
    return { ready: (serve: () => void) => serve(), leave: () => {} };
  }
}
