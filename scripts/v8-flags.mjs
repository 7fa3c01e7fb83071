/**
 * What V8 is told when the host is started under plain Node.js: it reads this before any of our code runs.
 * Without it the part of the heap where new objects are made grows to 134 MB under load, and stays: more than everything else together.
 * Electron's V8 bounds it to 17 MB by itself, which is what this comes to.
 */
export const V8_FLAGS = ['--max-semi-space-size=8']; // MB; there are two of them
