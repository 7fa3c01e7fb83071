/** Messages between a `Reader` and its thread. */

/** A step of long work: its progress (0 … 1), a chunk of a file, or undefined, to let other work run. */
export type Step = { readonly progress: number } | { readonly chunk: Uint8Array } | undefined;

/** Work in steps; the return value is the answer. */
export type Steps<T> = Generator<Step, T, void>;

export interface ThreadData {
  /** path of the database */
  readonly database: string;
}

export type ToThread =
  | { readonly kind: 'ask'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly kind: 'cancel'; readonly id: number }
  /** a chunk was consumed; another may be produced */
  | { readonly kind: 'taken'; readonly id: number };

export type FromThread =
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly error: unknown }
  | { readonly kind: 'progress'; readonly id: number; readonly progress: number }
  | { readonly kind: 'chunk'; readonly id: number; readonly chunk: Uint8Array };

/** Maximum number of chunks in flight: a slow consumer slows the producer down, and memory use stays bounded. */
export const CHUNKS_AHEAD = 4;
