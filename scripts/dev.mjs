/**
 * `npm run dev`: the host from its sources under plain Node.js, started anew after each change, beside a build of the page
 * that follows its sources. It keeps its data in .dev/; further options go to the host: `npm run dev -- --demo`.
 * The page is loaded by hand after a change of its own.
 */
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadConfigFromFile } from 'electron-vite';
import { build } from 'vite';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { config } = await loadConfigFromFile({ command: 'build', mode: 'development' }, join(root, 'electron.vite.config.ts'));
const { renderer } = config;
await build({
  ...renderer,
  configFile: false,
  root: join(root, renderer.root),
  mode: 'development',
  build: { ...renderer.build, minify: false, emptyOutDir: true, watch: {} },
});

const host = ['--watch', join(root, 'src-main/shells/headless/main.ts'), '--data-dir', join(root, '.dev'), ...process.argv.slice(2)];
const child = spawn(process.execPath, host, { stdio: 'inherit' });
child.on('exit', (code) => process.exit(code ?? 1));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
