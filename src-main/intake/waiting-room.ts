/**
 * Where requests that write wait for their turn, from the moment they are let in. Each has a place; `ROOM_BYTES` are shared by all, so that what
 * waits is bounded before it is parsed, and `SERVED_AT_ONCE` are served at a time.
 *
 * Whose turn it is: deficit round robin (M. Shreedhar, G. Varghese, "Efficient fair queuing using deficit round-robin", IEEE/ACM Transactions on
 * Networking 4(3), 1996) over the sources, with the admin as one of them, and within a source over its connections. Who has to go when the room is
 * full: the newest place of the longest connection of the longest source (longest queue drop, see `connections.ts`). So whoever asks for less than
 * a fair share is always let in, and waits for one request of each other at the most.
 */

import type { Arrivals } from './arrivals.ts';

/** What a place takes up at least: then the room has 512 of them, as many as there may be connections. */
export const PLACE_BYTES = 32 * 1024;
/** Bodies that are not parsed yet, all together. */
export const ROOM_BYTES = 16 * 1024 * 1024;
/** As many as the writer commits at once. */
export const SERVED_AT_ONCE = 256;
/** A parsed body takes up to twenty times as much as its text. */
const SERVED_BYTES = 1024 * 1024;

type State = 'arriving' | 'ready' | 'served' | 'gone';

/** One request's. */
export class Place {
  readonly bytes: number;
  readonly cost: number;
  readonly source: unknown;
  readonly connection: object;
  readonly refuse: () => void;
  state: State = 'arriving';
  serve: () => void = () => {};
  readonly #room: WaitingRoom;

  constructor(room: WaitingRoom, { source, connection, bytes, refuse }: Wish) {
    this.#room = room;
    this.source = source;
    this.connection = connection;
    this.bytes = bytes;
    this.cost = Math.max(bytes, PLACE_BYTES);
    this.refuse = refuse;
  }

  /** All of the request is there: `serve` is called when its turn comes, or never when it is refused. At once if its turn has come before. */
  ready(serve: () => void): void {
    this.#room.ready(this, serve);
  }

  /** The request is answered, or given up. */
  leave(): void {
    this.#room.leave(this);
  }
}

export interface Wish {
  /** a source's id; null: the admin */
  readonly source: number | null;
  readonly connection: object;
  /** of its body, as announced */
  readonly bytes: number;
  /** called when it has to go for another's sake */
  readonly refuse: () => void;
}

export class WaitingRoom {
  readonly #waiting = new Shares((): Shares => new Shares(() => new Line()));
  #served = 0;
  #servedBytes = 0;
  #isServing = false;
  readonly #arrivals: Arrivals | null;

  /** @param arrivals of connections, for which those who wait stand back */
  constructor(arrivals: Arrivals | null = null) {
    this.#arrivals = arrivals;
    arrivals?.onGoOn(() => this.#serve());
  }

  /** Null: there is no room for this one. */
  enter(wish: Wish): Place | null {
    const place = new Place(this, wish);
    this.#waiting.add(place, keysOf(place));
    while (this.#waiting.cost > ROOM_BYTES) {
      const longest = this.#waiting.longest();
      if (longest === null) break;
      this.#waiting.remove(longest, keysOf(longest));
      longest.state = 'gone';
      if (longest === place) return null;
      longest.refuse();
    }
    return place;
  }

  ready(place: Place, serve: () => void): void {
    if (place.state === 'served') serve();
    if (place.state !== 'arriving') return;
    place.state = 'ready';
    place.serve = serve;
    this.#serve();
  }

  leave(place: Place): void {
    const { state } = place;
    if (state === 'gone') return;
    place.state = 'gone';
    if (state === 'served') {
      this.#served -= 1;
      this.#servedBytes -= place.bytes;
    } else this.#waiting.remove(place, keysOf(place));
    this.#serve();
  }

  #serve(): void {
    if (this.#arrivals?.holdWork) return;
    if (this.#isServing) return; // somebody was answered at once: the loop below goes on
    this.#isServing = true;
    try {
      while (this.#served < SERVED_AT_ONCE && this.#servedBytes < SERVED_BYTES) {
        const place = this.#waiting.next();
        if (place === null) return;
        this.#waiting.remove(place, keysOf(place));
        place.state = 'served';
        this.#served += 1;
        this.#servedBytes += place.bytes;
        place.serve();
      }
    } finally {
      this.#isServing = false;
    }
  }
}

const keysOf = ({ source, connection }: Place): readonly unknown[] => [source, connection];

/** What takes turns: the requests of a connection, the connections of a source, the sources. */
interface Queue {
  /** of all places in it */
  readonly cost: number;
  /** true: what it has is still arriving */
  readonly isArriving: boolean;
  add(place: Place, keys: readonly unknown[]): void;
  remove(place: Place, keys: readonly unknown[]): void;
  /** whose turn it is; null: nobody is ready. It stays so until that one is removed. */
  next(): Place | null;
  /** who has to go first */
  longest(): Place | null;
}

/** The requests of a connection, served in the order they came. */
class Line implements Queue {
  readonly #places: Place[] = [];
  cost = 0;

  get isArriving(): boolean {
    return this.#places[0]?.state === 'arriving';
  }

  add(place: Place): void {
    this.#places.push(place);
    this.cost += place.cost;
  }

  remove(place: Place): void {
    this.#places.splice(this.#places.indexOf(place), 1);
    this.cost -= place.cost;
  }

  next(): Place | null {
    const [first] = this.#places;
    return first?.state === 'ready' ? first : null;
  }

  longest(): Place | null {
    return this.#places.at(-1) ?? null;
  }
}

interface Share {
  readonly queue: Queue;
  /** what it may still take in this round, in bytes */
  deficit: number;
}

/** Queues that share, each by its key. */
class Shares implements Queue {
  readonly #create: () => Queue;
  /** in the order of their turns */
  readonly #shares = new Map<unknown, Share>();
  cost = 0;

  constructor(create: () => Queue) {
    this.#create = create;
  }

  get isArriving(): boolean {
    return false;
  }

  add(place: Place, [key, ...keys]: readonly unknown[]): void {
    let share = this.#shares.get(key);
    if (!share) {
      share = { queue: this.#create(), deficit: PLACE_BYTES };
      this.#shares.set(key, share);
    }
    share.queue.add(place, keys);
    this.cost += place.cost;
  }

  /** Whoever is served pays for it; a queue that is empty keeps nothing for later. */
  remove(place: Place, [key, ...keys]: readonly unknown[]): void {
    const share = this.#shares.get(key);
    if (!share) return;
    if (share.queue.next() === place) share.deficit -= place.cost;
    share.queue.remove(place, keys);
    this.cost -= place.cost;
    if (share.queue.cost === 0) this.#shares.delete(key);
  }

  next(): Place | null {
    for (const [key, share] of this.#shares) {
      const place = share.queue.next();
      if (place === null) continue;
      if (share.deficit >= place.cost) return place;
      share.deficit += PLACE_BYTES;
      this.#shares.delete(key); // behind the others, where this loop meets it again
      this.#shares.set(key, share);
    }
    return null;
  }

  /** Of equals one that is still arriving goes first, else the one whose turn comes last. */
  longest(): Place | null {
    let longest: Queue | null = null;
    for (const { queue } of this.#shares.values()) {
      if (longest === null || queue.cost > longest.cost || (queue.cost === longest.cost && !longest.isArriving)) longest = queue;
    }
    return longest?.longest() ?? null;
  }
}
