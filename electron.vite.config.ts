import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const here = (path: string) => resolve(import.meta.dirname, path);

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      sourcemap: true,
      externalizeDeps: true, // what main needs at run time is in `dependencies`
      rolldownOptions: {
        input: {
          electron: here('src-main/shells/electron/main.ts'),
          headless: here('src-main/shells/headless/main.ts'),
          worker: here('src-main/store/worker.ts'),
          reader: here('src-main/reports/thread.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false, // a sandboxed preload cannot require node_modules and must be CommonJS
      rolldownOptions: {
        input: { preload: here('src-main/shells/electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    base: './',
    plugins: [react()],
    html: { cspNonce: 'NONCE_OF_THIS_RESPONSE' }, // shells/console-page.ts puts it in
    build: {
      outDir: here('out/renderer'),
      minify: true,
      chunkSizeWarningLimit: 1000, // KB; it is read from the disk beside it
      sourcemap: true,
      rolldownOptions: { input: { index: here('src-renderer/index.html') } },
    },
  },
});
