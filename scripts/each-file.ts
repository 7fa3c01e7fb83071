/** Runs before each test file: in CI properties use the same values every time, elsewhere different ones; the test title shows the seed. */
import fc from 'fast-check';
import { afterAll } from 'vitest';
import { removeFolders } from '#store/testing/folder.ts';

if (process.env.CI) fc.configureGlobal({ seed: 20_261_122 });
afterAll(removeFolders);
