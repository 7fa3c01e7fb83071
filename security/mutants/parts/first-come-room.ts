import type { Wish } from '../../../src-main/intake/waiting-room.ts';

const MOST = 512;

export class WaitingRoom {
  #inside = 0;

  enter(_wish: Wish) {
    if (this.#inside >= MOST) return null;
    this.#inside += 1;
    let isInside = true;
    return {
      ready: (serve: () => void) => serve(),
      leave: () => {
        if (isInside) this.#inside -= 1;
        isInside = false;
      },
    };
  }
}
