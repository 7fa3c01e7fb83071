/**
 * What V8 is told when the host is started under plain Node.js: it reads this before any of our code runs.
 *
 * - Without the first the part of the heap where new objects are made grows to 134 MB under load, and stays: more than everything else together.
 *   Electron's V8 bounds it to 17 MB by itself, which is what this comes to.
 * - Without the second the rest of the heap grows to four times what is in use before it is cleaned. In a flood requests wait long enough to be moved there,
 *   so 35 MB in use came to 140. With it the heap is cleaned at one and a half times, every few seconds in a flood, mostly in other threads.
 */
export const V8_FLAGS = ['--max-semi-space-size=8', '--heap-growing-percent=50']; // MB, of which there are two; percent of what is in use
