/**
 * `npm start`: builds what is out of date, picks the shell and runs it, passing arguments, signals and the exit code through.
 * Written in old JavaScript: it must run, and print a message, under a Node.js that is too old for the rest.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, isBuilt } from './build.mjs';
import { V8_FLAGS } from './v8-flags.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const inRoot = (...path) => join(root, ...path);
const args = process.argv.slice(2);
const asked = (name) => args.includes(name);
const say = (line) => process.stderr.write(`${line}\n`);
const isRussian = /^ru/i.test(askedLanguage() || process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '');
const inWords = (en, ru) => (isRussian ? ru : en);

const LEAST = [22, 14];
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < LEAST[0] || (major === LEAST[0] && minor < LEAST[1])) {
  say(
    inWords(
      `Switchyard needs Node.js ${LEAST.join('.')} or newer; this is ${process.versions.node}. Run "npm ci" (it brings one), then "npm start".`,
      `Switchyard нужен Node.js ${LEAST.join('.')} или новее, а здесь ${process.versions.node}. Выполните «npm ci» (он принесёт свой), затем «npm start».`,
    ),
  );
  process.exit(1);
}

bringUpToDate();
const [command, commandArgs] = pickShell();
become(command, commandArgs);

function askedLanguage() {
  const inline = args.find((arg) => arg.startsWith('--lang='));
  return inline ? inline.slice('--lang='.length) : args[args.indexOf('--lang') + 1 || args.length];
}

function bringUpToDate() {
  if (isBuilt()) return;
  if (!existsSync(inRoot('node_modules', 'electron-vite'))) {
    say(inWords('The dependencies are missing: run "npm ci" first.', 'Зависимости не установлены: сначала выполните «npm ci».'));
    process.exit(1);
  }
  say(inWords('Building…', 'Сборка…'));
  if (build()) return;
  say(inWords('The build failed.', 'Сборка не удалась.'));
  process.exit(1);
}

/** Runs the desktop app if a window can be shown; otherwise the same engine headless, with the reason in one line. */
function pickShell() {
  const headless = [process.execPath, [...V8_FLAGS, inRoot('out', 'main', 'headless.js'), ...args]];
  if (asked('--headless') || asked('--help') || asked('--version')) return headless;
  const found = findElectron();
  if (found.binary) return [found.binary, [root, ...args]];
  say(inWords(`No window, because ${found.en}. Starting headless.`, `Без окна: ${found.ru}. Продолжаю с пультом в браузере.`));
  return headless;
}

function findElectron() {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    return { en: 'there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)', ru: 'нет экрана (ни DISPLAY, ни WAYLAND_DISPLAY не заданы)' };
  }
  if (process.platform === 'linux' && process.getuid() === 0 && process.env.ELECTRON_DISABLE_SANDBOX !== '1') {
    return {
      en: 'Electron’s sandbox does not work for root (start as another user, or set ELECTRON_DISABLE_SANDBOX=1)',
      ru: 'песочница Electron не работает под root (запустите от другого пользователя или задайте ELECTRON_DISABLE_SANDBOX=1)',
    };
  }
  const binary = electronBinary() || (fetchElectron() && electronBinary());
  return binary
    ? { binary }
    : { en: 'Electron’s binary is missing and could not be downloaded', ru: 'нет исполняемого файла Electron, и скачать его не удалось' };
}

/** The path where the `electron` package would look, without importing it, which could start a download. */
function electronBinary() {
  const folder = inRoot('node_modules', 'electron');
  const pathFile = join(folder, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : '';
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const binary = override ? join(override, name || 'electron') : name && join(folder, 'dist', name);
  return binary && existsSync(binary) ? binary : null;
}

/** Lets the package download its binary, within a minute. After a failure it is not tried again for a day, so that starting offline is not delayed. */
function fetchElectron() {
  const MINUTE = 60_000;
  const marker = inRoot('node_modules', '.cache', 'electron-not-fetched');
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH || process.env.ELECTRON_SKIP_BINARY_DOWNLOAD) return false;
  if (existsSync(marker) && Date.now() - statSync(marker).mtimeMs < 24 * 60 * MINUTE) return false;
  const install = inRoot('node_modules', 'electron', 'install.js');
  if (!existsSync(install)) return false;
  say(inWords('Downloading Electron (once, up to a minute)…', 'Скачиваю Electron (один раз, до минуты)…'));
  const { status } = spawnSync(process.execPath, [install], { cwd: root, stdio: 'ignore', timeout: MINUTE });
  if (status === 0) return true;
  mkdirSync(dirname(marker), { recursive: true });
  writeFileSync(marker, '');
  return false;
}

function become(command, commandArgs) {
  const child = spawn(command, commandArgs, { stdio: 'inherit' });
  // a terminal also sends Ctrl+C to the child, which tolerates receiving it twice
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    say(String(error));
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
