/**
 * `npm run dev`: runs the host from source under plain Node.js, restarts it after each change, and rebuilds the page when its
 * sources change. Data is in .dev/; further options go to the host: `npm run dev -- --demo`.
 * Reload the page by hand after changing it.
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
