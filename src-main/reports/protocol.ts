/** What a `Reader` and its thread say to each other. */

/** A step of work that takes long: how far it is (0 … 1), a piece of a file, or only a chance to look after others. */
export type Step = { readonly progress: number } | { readonly chunk: Uint8Array } | undefined;

/** Work in steps; what it returns is the answer. */
export type Steps<T> = Generator<Step, T, void>;

export interface ThreadData {
  /** the database's file */
  readonly database: string;
}

export type ToThread =
  | { readonly kind: 'ask'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly kind: 'cancel'; readonly id: number }
  /** a chunk was taken: another may be made */
  | { readonly kind: 'taken'; readonly id: number };

export type FromThread =
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly error: unknown }
  | { readonly kind: 'progress'; readonly id: number; readonly progress: number }
  | { readonly kind: 'chunk'; readonly id: number; readonly chunk: Uint8Array };

/** How many chunks may lie between maker and taker: a slow taker slows the maker down, and memory stays flat. */
export const CHUNKS_AHEAD = 4;
