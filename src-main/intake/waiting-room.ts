/**
 * The waiting room for requests that write, from their admission on. Each has a place; all share `ROOM_BYTES`, so that waiting data is
 * bounded before it is parsed. `SERVED_AT_ONCE` are served at a time.
 *
 * Order of service: deficit round robin (M. Shreedhar, G. Varghese, "Efficient fair queuing using deficit round-robin", IEEE/ACM Transactions on
 * Networking 4(3), 1996) over the sources, with the admin as one of them, and within a source over its connections. Eviction when the room is
 * full: the newest place of the longest connection of the longest source (longest queue drop, see `connections.ts`). So a caller that uses less than
 * its fair share is always admitted and waits for at most one request of each other caller.
 */

import type { Arrivals } from './arrivals.ts';

/** Minimum size of a place. The room then has 512 places, as many as the maximum number of connections. */
export const PLACE_BYTES = 32 * 1024;
/** Total size of unparsed bodies. */
export const ROOM_BYTES = 16 * 1024 * 1024;
/** Maximum number of requests served at once: the size of the writer's group commit. */
export const SERVED_AT_ONCE = 256;
/** Maximum bytes of bodies being served: a parsed body takes up to twenty times the memory of its text. */
const SERVED_BYTES = 1024 * 1024;

type State = 'arriving' | 'ready' | 'served' | 'gone';

/** The place of one request. */
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

  /** Marks the request as complete. `serve` is called when its turn comes, at once if it already has, never if it is refused. */
  ready(serve: () => void): void {
    this.#room.ready(this, serve);
  }

  /** Releases the place: the request was answered or abandoned. */
  leave(): void {
    this.#room.leave(this);
  }
}

export interface Wish {
  /** a source's id; null: the admin */
  readonly source: number | null;
  readonly connection: object;
  /** declared size of its body */
  readonly bytes: number;
  /** called when the place is evicted in favour of another */
  readonly refuse: () => void;
}

/** Requests that wait to be served, shared fairly between sources and, within a source, between its connections. */
export class WaitingRoom {
  readonly #waiting = new Shares(
    ({ source }) => source,
    () =>
      new Shares(
        ({ connection }) => connection,
        () => new Line(),
      ),
  );
  #served = 0;
  #servedBytes = 0;
  #isServing = false;
  readonly #arrivals: Arrivals | null;

  /** @param arrivals new connections, to which waiting requests give way */
  constructor(arrivals: Arrivals | null = null) {
    this.#arrivals = arrivals;
    arrivals?.onGoOn(() => this.#serve());
  }

  /** Reserves a place; null when there is no room. */
  enter(wish: Wish): Place | null {
    const place = new Place(this, wish);
    this.#waiting.add(place);
    while (this.#waiting.cost > ROOM_BYTES) {
      const longest = this.#waiting.longest();
      if (longest === null) break;
      this.#waiting.remove(longest);
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
    } else this.#waiting.remove(place);
    this.#serve();
  }

  #serve(): void {
    if (this.#arrivals?.holdWork) return;
    if (this.#isServing) return; // called by a synchronous answer: the loop below continues
    this.#isServing = true;
    try {
      while (this.#served < SERVED_AT_ONCE && this.#servedBytes < SERVED_BYTES) {
        const place = this.#waiting.next();
        if (place === null) return;
        this.#waiting.remove(place);
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

/** A queue in the fair order: the requests of a connection, the connections of a source, or the sources. */
interface Queue {
  /** total cost of its places */
  readonly cost: number;
  /** true: all of its requests are still arriving */
  readonly isArriving: boolean;
  add(place: Place): void;
  remove(place: Place): void;
  /** the place whose turn it is; null: none is ready. Stable until that place is removed. */
  next(): Place | null;
  /** the place to evict first */
  longest(): Place | null;
}

/** The requests of a connection, served in order of arrival. */
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
    if (this.#places[0] === place) this.#places.shift();
    else this.#places.splice(this.#places.indexOf(place), 1);
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
  /** remaining bytes in this round */
  deficit: number;
}

/** Queues by key that share fairly. */
class Shares implements Queue {
  readonly #keyOf: (place: Place) => unknown;
  readonly #create: () => Queue;
  /** in order of turns */
  readonly #shares = new Map<unknown, Share>();
  cost = 0;

  constructor(keyOf: (place: Place) => unknown, create: () => Queue) {
    this.#keyOf = keyOf;
    this.#create = create;
  }

  get isArriving(): boolean {
    return false;
  }

  add(place: Place): void {
    const key = this.#keyOf(place);
    let share = this.#shares.get(key);
    if (!share) {
      share = { queue: this.#create(), deficit: PLACE_BYTES };
      this.#shares.set(key, share);
    }
    share.queue.add(place);
    this.cost += place.cost;
  }

  /** Removes a place and charges it to its queue if it was served. An empty queue keeps no credit. */
  remove(place: Place): void {
    const key = this.#keyOf(place);
    const share = this.#shares.get(key);
    if (!share) return;
    if (share.queue.next() === place) share.deficit -= place.cost;
    share.queue.remove(place);
    this.cost -= place.cost;
    if (share.queue.cost === 0) this.#shares.delete(key);
  }

  next(): Place | null {
    for (const [key, share] of this.#shares) {
      const place = share.queue.next();
      if (place === null) continue;
      if (share.deficit >= place.cost) return place;
      share.deficit += PLACE_BYTES;
      this.#shares.delete(key); // moves it to the end, where this loop meets it again
      this.#shares.set(key, share);
    }
    return null;
  }

  /** Among equals, prefers one that is still arriving, then the one whose turn is last. */
  longest(): Place | null {
    let longest: Queue | null = null;
    for (const { queue } of this.#shares.values()) {
      if (longest === null || queue.cost > longest.cost || (queue.cost === longest.cost && !longest.isArriving)) longest = queue;
    }
    return longest?.longest() ?? null;
  }
}
