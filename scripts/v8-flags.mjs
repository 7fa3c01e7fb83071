/**
 * V8 flags for the host under plain Node.js. V8 reads them before any of our code runs.
 *
 * - Without the first, the heap space for new objects grows to 134 MB under load and stays there: more than everything else together.
 *   Electron's V8 limits it to 17 MB by default, and so does this flag.
 * - Without the second, the rest of the heap grows to four times what is in use before it is collected. In a flood, requests wait long enough to be promoted
 *   to it, so 35 MB in use became 140. With it, the heap is collected at one and a half times, every few seconds in a flood, mostly in other threads.
 */
export const V8_FLAGS = ['--max-semi-space-size=8', '--heap-growing-percent=50']; // MB, twice; percent of what is in use
