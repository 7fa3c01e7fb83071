import type { Candidate } from '#shared/distribution/table.ts';
import type { Numbering } from './numbering.ts';

/** A roster that decisions share: numbered operators with weight, limit, activity and line. */
export interface RosterFact {
  readonly operators: readonly number[];
  readonly weights: readonly number[];
  readonly max_loads: readonly number[];
  readonly active: readonly boolean[];
  readonly lines: readonly number[];
}

/** The columns of a roster. @param members as the store reads them */
export function rosterFact(members: readonly Omit<Candidate, 'load'>[], operators: Numbering): RosterFact {
  return {
    operators: members.map(({ operator_id }) => operators.of(operator_id)),
    weights: members.map(({ weight }) => weight),
    max_loads: members.map(({ max_load }) => max_load),
    active: members.map(({ is_active }) => is_active),
    lines: members.map(({ line }) => line ?? 1),
  };
}

/**
 * The sets of operators that were eligible in draws, each stored once. A decision is then one number, and the expectation for
 * a year is a sum over the sets that occurred. A set is a roster with one bit for each member.
 */
export class EligibleSets {
  readonly rosters: RosterFact[] = [];
  /** by set: number of its roster, and start of its words */
  readonly roster: number[] = [];
  readonly #start: number[] = [];
  #words = new Uint32Array(4096);
  #used = 0;
  #table = new Int32Array(4096).fill(-1);

  get size(): number {
    return this.roster.length;
  }

  addRoster(roster: RosterFact): number {
    return this.rosters.push(roster) - 1;
  }

  /** The number of the set of operators that were eligible with these loads. */
  of(rosterNumber: number, loads: Uint8Array): number {
    const roster = this.rosters[rosterNumber] as RosterFact; // the number comes from addRoster
    const { weights, max_loads, active } = roster;
    const words = (weights.length + 31) >>> 5;
    if (this.#used + words > this.#words.length) this.#words = grown(this.#words, Math.max(this.#words.length * 2, this.#used + words));
    const scratch = this.#words.fill(0, this.#used, this.#used + words);
    let byte = 0;
    for (let i = 0; i < weights.length; i++) {
      let load = 0; // LEB128, see decodeLoads; decoded in place to avoid a list
      let shift = 0;
      let next: number;
      do {
        next = loads[byte++] as number;
        load |= (next & 127) << shift;
        shift += 7;
      } while (next > 127);
      if (active[i] && (weights[i] as number) > 0 && load < (max_loads[i] as number)) {
        const word = this.#used + (i >>> 5);
        scratch[word] = ((scratch[word] as number) | (1 << (i & 31))) >>> 0;
      }
    }
    return this.#known(rosterNumber, words);
  }

  /** The number of the set of members that satisfy the condition. */
  where(rosterNumber: number, holds: (i: number) => boolean): number {
    const members = (this.rosters[rosterNumber] as RosterFact).weights.length; // as above
    const words = (members + 31) >>> 5;
    if (this.#used + words > this.#words.length) this.#words = grown(this.#words, Math.max(this.#words.length * 2, this.#used + words));
    this.#words.fill(0, this.#used, this.#used + words);
    for (let i = 0; i < members; i++) {
      const word = this.#used + (i >>> 5);
      if (holds(i)) this.#words[word] = ((this.#words[word] as number) | (1 << (i & 31))) >>> 0;
    }
    return this.#known(rosterNumber, words);
  }

  /** Whether the roster's member at `i` is in the set. */
  has(set: number, i: number): boolean {
    const word = this.#words[(this.#start[set] as number) + (i >>> 5)] as number;
    return (word & (1 << (i & 31))) !== 0;
  }

  /** Number of the set whose words follow the last set's: an existing set with the same words, otherwise a new one. */
  #known(rosterNumber: number, words: number): number {
    const at = this.#used;
    const mask = this.#table.length - 1;
    let slot = this.#hash(rosterNumber, at, words) & mask;
    for (let set = this.#table[slot] as number; set !== -1; set = this.#table[slot] as number) {
      if (this.roster[set] === rosterNumber && this.#same(this.#start[set] as number, at, words)) return set;
      slot = (slot + 1) & mask;
    }
    const set = this.roster.push(rosterNumber) - 1;
    this.#start.push(at);
    this.#used += words;
    this.#table[slot] = set;
    if (this.size * 2 > this.#table.length) this.#rehash();
    return set;
  }

  #same(a: number, b: number, words: number): boolean {
    for (let i = 0; i < words; i++) if (this.#words[a + i] !== this.#words[b + i]) return false;
    return true;
  }

  #hash(rosterNumber: number, at: number, words: number): number {
    let hash = Math.imul(rosterNumber + 1, 0x9e3779b1);
    for (let i = 0; i < words; i++) {
      hash = Math.imul(hash ^ (this.#words[at + i] as number), 0x85ebca6b);
      hash ^= hash >>> 15;
    }
    return hash >>> 0;
  }

  #rehash(): void {
    this.#table = new Int32Array(this.#table.length * 2).fill(-1);
    const mask = this.#table.length - 1;
    for (let set = 0; set < this.size; set++) {
      const rosterNumber = this.roster[set] as number;
      const words = ((this.rosters[rosterNumber] as RosterFact).weights.length + 31) >>> 5;
      let slot = this.#hash(rosterNumber, this.#start[set] as number, words) & mask;
      while (this.#table[slot] !== -1) slot = (slot + 1) & mask;
      this.#table[slot] = set;
    }
  }
}

function grown(words: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  const more = new Uint32Array(length);
  more.set(words);
  return more;
}
