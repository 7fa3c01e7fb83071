import { copyFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin, Rolldown } from 'vite';

const here = (path: string) => resolve(import.meta.dirname, path);

/** What the page at /docs loads. @fastify/swagger-ui serves it from the folder `../static` of its code, which is a chunk here. */
const DOCS = ['index.css', 'swagger-ui.css', 'swagger-ui-bundle.js', 'swagger-ui-standalone-preset.js', 'favicon-16x16.png', 'favicon-32x32.png'];

function docsPage(): Plugin {
  return {
    name: 'docs-page',
    writeBundle({ dir = '' }) {
      const from = join(dirname(createRequire(import.meta.url).resolve('@fastify/swagger-ui')), 'static');
      mkdirSync(join(dir, 'static'), { recursive: true });
      for (const file of DOCS) copyFileSync(join(from, file), join(dir, 'static', file));
    },
  };
}

/**
 * One file for what both pages import before they show anything, and one for what only the console does. The rest is left to the bundler: what is fetched
 * when it is asked for, and what only the small page imports, since a file that had its entry in it would start that page when the console fetches a part.
 */
function firstLoad(id: string, context: Rolldown.ChunkingContext): string | null {
  const seen = new Set([id]);
  const pages = new Set<string>();
  for (const one of seen) {
    const module = context.getModuleInfo(one);
    if (module?.isEntry) pages.add(one);
    for (const importer of module?.importers ?? []) seen.add(importer); // a set goes on with what is added while it is walked
  }
  const isOf = (page: string) => [...pages].some((one) => basename(one) === page);
  if (!isOf('index.html')) return null;
  return isOf('me.html') ? 'first' : 'first-of-console';
}

export default defineConfig({
  main: {
    plugins: [docsPage()],
    // fflate's build for Node.js declares a `require` of its own, as electron-vite does in each entry; its other build needs none
    resolve: { alias: [{ find: /^fflate$/, replacement: 'fflate/browser' }] },
    build: {
      outDir: 'out/main',
      sourcemap: true,
      // One file loads in a third of the time of some thousand, and Electrons whose Node.js cannot require() ES modules can load it, too.
      externalizeDeps: false,
      rolldownOptions: {
        external: ['better-sqlite3'], // native: it finds its binary beside itself
        input: {
          electron: here('src-main/shells/electron/main.ts'),
          headless: here('src-main/shells/headless/main.ts'),
          worker: here('src-main/vault/worker.ts'),
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
      rolldownOptions: {
        input: { index: here('src-renderer/index.html'), me: here('src-renderer/me.html') },
        // one file of it, where the bundler would make fifty of what several screens share
        output: { codeSplitting: { groups: [{ name: firstLoad, debugName: 'first' }] } },
      },
    },
  },
});
