import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PLACE_BYTES, type Place, ROOM_BYTES, WaitingRoom } from './waiting-room.ts';

const PLACES = ROOM_BYTES / PLACE_BYTES;
const LARGE = 64 * 1024;

/** A waiting room, a writer that commits on command, and bots: `1a` is source 1 on its connection a. */
class Scene {
  readonly room = new WaitingRoom();
  readonly served: string[] = [];
  readonly refused: string[] = [];
  readonly #connections = new Map<string, object>();
  #uncommitted: Place[] = [];

  /** Enters; the rest of the request has not arrived yet. */
  begin(bot: string, bytes = 0): Place | null {
    const connection = this.#connections.get(bot) ?? { bot };
    this.#connections.set(bot, connection);
    const place = this.room.enter({ source: Number.parseInt(bot, 10), connection, bytes, refuse: () => this.refused.push(bot) });
    if (place === null) this.refused.push(bot);
    return place;
  }

  end(bot: string, place: Place | null): void {
    place?.ready(() => {
      this.served.push(bot);
      if (place) this.#uncommitted.push(place);
    });
  }

  ask(bot: string, times = 1, bytes = 0): void {
    for (let i = 0; i < times; i++) this.end(bot, this.begin(bot, bytes));
  }

  /** Answers everything served so far and returns who is served next. */
  commit(): string[] {
    const before = this.served.length;
    for (const place of this.#uncommitted.splice(0)) place.leave();
    return this.served.slice(before);
  }
}

const times = (bots: readonly string[], bot: string) => bots.filter((one) => one === bot).length;

describe('turns', () => {
  test('are immediate while there is little to do', () => {
    const scene = new Scene();
    for (const bot of ['1a', '2a', '1a', '3a']) scene.ask(bot);
    expect(scene.served).toEqual(['1a', '2a', '1a', '3a']);
  });

  test('rotate over the sources, and within a source over its connections', () => {
    const scene = new Scene();
    scene.ask('1a', 500);
    expect(scene.served).toHaveLength(256);
    scene.ask('1b', 3);
    scene.ask('2a', 3);
    scene.ask('3a', 3);
    const next = scene.commit().slice(0, 9);
    expect([times(next, '2a'), times(next, '3a'), times(next, '1a') + times(next, '1b')]).toEqual([3, 3, 3]);
    expect(times(next, '1b')).toBeGreaterThanOrEqual(1);
  });

  test('of a connection follow the order of its requests, and one that is still arriving delays nobody else', () => {
    const scene = new Scene();
    const slow = scene.begin('1a');
    scene.ask('1a');
    scene.ask('1b');
    expect(scene.served).toEqual(['1b']);
    scene.end('1a first', slow);
    expect(scene.served).toEqual(['1b', '1a first', '1a']);
  });

  test('are counted in bytes: two of 64 KiB count like four of 32', () => {
    const scene = new Scene();
    scene.ask('0a', 256);
    scene.ask('1a', 60, LARGE);
    scene.ask('2a', 100);
    const next = scene.commit().slice(0, 30);
    expect(times(next, '1a')).toBeGreaterThan(0);
    expect(Math.abs(2 * times(next, '1a') - times(next, '2a'))).toBeLessThanOrEqual(3);
  });

  test('are limited by the amount of text that may be parsed at once', () => {
    const scene = new Scene();
    scene.ask('1a', 40, LARGE);
    expect(scene.served).toHaveLength(16);
    expect(scene.commit()).toHaveLength(16);
  });

  test('of abandoned requests are skipped', () => {
    const scene = new Scene();
    scene.begin('1a')?.leave();
    scene.ask('0a', 256);
    const places = Array.from({ length: 10 }, () => scene.begin('1a'));
    for (const place of places) scene.end('1a', place);
    for (const place of places) place?.leave();
    expect(scene.commit()).toEqual([]);
    scene.ask('1a', 257);
    expect(times(scene.served, '1a')).toBe(256);
  });
});

describe('a full room', () => {
  const flooded = () => {
    const scene = new Scene();
    for (let i = 0; i < 10; i++) for (const connection of 'abcdefgh') scene.ask(`1${connection}`, 20);
    expect([scene.served.length, scene.refused.length]).toEqual([256, 1600 - 256 - PLACES]);
    scene.refused.splice(0);
    return scene;
  };

  test('admits another source, and refuses one of the flood instead', () => {
    const scene = flooded();
    scene.ask('2a');
    expect(scene.refused).toEqual([expect.stringMatching(/^1/)]);
    expect(scene.commit().slice(0, 2)).toContain('2a');
  });

  test('admits another connection of the same source, and refuses a request of its longest connection', () => {
    const scene = flooded();
    scene.ask('1z');
    expect(scene.refused).toEqual([expect.stringMatching(/^1[a-h]/)]);
    expect(scene.commit().slice(0, 9)).toContain('1z');
  });

  test('never holds more than 16 MiB of bodies', () => {
    const scene = new Scene();
    for (let i = 0; i < 300; i++) scene.begin(`${i % 7}c${i}`, LARGE);
    expect(scene.refused).toHaveLength(300 - ROOM_BYTES / LARGE);
  });

  test('of slow bodies gives one of their places to a bot of the same source that sends its body', () => {
    const scene = new Scene();
    for (let i = 0; i < PLACES; i++) scene.begin(`1slow${i}`);
    scene.ask('1quick');
    expect([scene.served, scene.refused]).toEqual([['1quick'], ['1slow0']]);
  });

  test('of complete bodies, one of each connection, refuses the last to arrive', () => {
    const scene = new Scene();
    scene.ask('0a', 256);
    for (let i = 0; i <= PLACES; i++) scene.ask(`1c${i}`);
    expect(scene.refused).toEqual([`1c${PLACES}`]);
  });
});

test('during any flood a bot with one request at a time is never refused, and is served in each round', () => {
  const flood = fc.record({ connections: fc.integer({ min: 2, max: 60 }), each: fc.integer({ min: 1, max: 40 }), sources: fc.integer({ min: 1, max: 3 }) });
  const bot = fc.record({ isOfFlood: fc.boolean(), pauses: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 5, maxLength: 10 }) });
  fc.assert(
    fc.property(flood, bot, fc.constantFrom(0, 500, LARGE), ({ connections, each, sources }, { isOfFlood, pauses }, bytes) => {
      const scene = new Scene();
      const rush = () => {
        for (let c = 0; c < connections; c++) scene.ask(`${1 + (c % sources)}c${c}`, each, bytes);
      };
      const polite = isOfFlood ? '1polite' : '9polite';
      for (const pause of pauses) {
        for (let i = 0; i <= pause; i++) {
          rush();
          scene.commit();
        }
        rush();
        const known = times(scene.served, polite);
        scene.ask(polite);
        rush();
        // each turn of a source gives one turn to each of its connections in sequence; a connection's share is one small request per round
        const turns = Math.ceil((sources * connections * Math.max(bytes, PLACE_BYTES)) / PLACE_BYTES);
        for (let done = 0; times(scene.served, polite) === known && done <= turns; ) {
          const next = scene.commit();
          expect(next.length).toBeGreaterThan(0);
          done += next.length;
        }
        expect(times(scene.served, polite)).toBe(known + 1);
      }
      expect(times(scene.refused, polite)).toBe(0);
    }),
    { numRuns: 30 },
  );
});
