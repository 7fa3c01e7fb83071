import { type Follower, MAX_STREAMS, EventStreams as Shared } from '../../../src-main/intake/event-streams.ts';

export * from '../../../src-main/intake/event-streams.ts';

export class EventStreams extends Shared {
  #open = 0;

  override open(follower: Follower): boolean {
    if (this.#open >= MAX_STREAMS) return false;
    this.#open += 1;
    follower.response.on('close', () => {
      this.#open -= 1;
    });
    return super.open(follower);
  }
}
