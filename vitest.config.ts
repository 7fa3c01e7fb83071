import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src-*/**/*.test.ts', 'src-*/**/*.test.tsx', 'scripts/**/*.test.ts', '{bench,faults,security}/**/*.test.ts'],
    environment: 'node',
    testTimeout: 60_000,
  },
});
