/** While the host opens a browser, another user of the machine reads all command lines and environments. None of them opens the console. */
import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { openSession } from '#shells/testing/ask-console.ts';
import { HOST_ENTRY, Running } from '#shells/testing/host-process.ts';
import { HOST_ENV } from '../faults/harness/host.ts';
import type { Finding } from '../faults/harness/verdict.ts';

const NOBODY = 65_534;
const LOOKS = 1200;

/** A fake browser that records its arguments and runs until released, so that its command line can be read meanwhile. */
const BROWSER = `#!/bin/sh
for last; do :; done
cp "$last" "$FOLDER/page" 2>/dev/null
printf '%s\\n' "$last" > "$FOLDER/told.new" && mv "$FOLDER/told.new" "$FOLDER/told"
while [ ! -e "$FOLDER/end" ]; do sleep 0.05; done
`;

/** Makes it this user's default browser, by the rules of freedesktop.org. */
function install(folder: string): void {
  const applications = join(folder, 'share', 'applications');
  mkdirSync(applications, { recursive: true });
  for (const name of ['browser', 'xdg-open']) writeFileSync(join(folder, name), BROWSER, { mode: 0o755 });
  const types = ['text/html', 'x-scheme-handler/http'];
  const entry = ['[Desktop Entry]', 'Type=Application', 'Name=Spied', `Exec=${join(folder, 'browser')} %u`, `MimeType=${types.join(';')};`, ''];
  writeFileSync(join(applications, 'spied.desktop'), entry.join('\n'));
  writeFileSync(join(applications, 'mimeapps.list'), ['[Default Applications]', ...types.map((type) => `${type}=spied.desktop`), ''].join('\n'));
}

/** Prints every command line on the machine that it can read, except its own. */
const SPY = `
  const { readdirSync, readFileSync } = require('node:fs');
  for (const pid of readdirSync('/proc').filter((name) => /^\\d+$/.test(name) && Number(name) !== process.pid)) {
    for (const file of ['cmdline', 'environ']) try { console.log(readFileSync('/proc/' + pid + '/' + file, 'utf8').replaceAll('\\0', ' ')); } catch {}
  }
`;

export async function commandLines(mutant?: string): Promise<Finding> {
  const words: string[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-spied-'));
  const dataDir = join(folder, 'data');
  const opener = join(dataDir, 'open-console.html');
  chmodSync(folder, 0o755);
  install(folder);
  const entry = mutant === undefined ? HOST_ENTRY : join(import.meta.dirname, 'mutants', mutant);
  const env = {
    ...HOST_ENV,
    PATH: `${folder}:${process.env.PATH}`,
    HOME: folder,
    XDG_DATA_HOME: join(folder, 'share'),
    XDG_CONFIG_HOME: join(folder, 'config'),
    BROWSER: join(folder, 'browser'),
    FOLDER: folder,
    DISPLAY: ':99',
    CI: '',
    SSH_CONNECTION: '',
  };
  const start = () => new Running(process.execPath, [entry, '--lang', 'en', '--port', '0', '--data-dir', dataDir], env);
  let host = start();
  const appears = async (file: string) => {
    for (let look = 0; look < LOOKS && !existsSync(file); look++) await sleep(50);
    return existsSync(file);
  };
  try {
    if (!(await appears(join(folder, 'told')))) throw new Error('no browser was opened');
    const told = readFileSync(join(folder, 'told'), 'utf8').trim();
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', SPY], { uid: NOBODY, gid: NOBODY, cwd: '/', env: {}, maxBuffer: 64 * 1024 * 1024 });
    const token = readFileSync(join(dataDir, 'admin-token'), 'utf8').trim();
    const seen = stdout.split('\n').filter((line) => /\/console\/\?token=/.test(line) || line.includes(token));
    words.push(...seen.map((line) => `another user reads: ${line.slice(0, 120)}`));
    if (!stdout.includes(dataDir)) words.push('the host was not seen at all: the search does not work');
    if (told !== opener) words.push(`the browser was started with ${told}`);
    else {
      if ((statSync(opener).mode & 0o777) !== 0o600) words.push('others can read the file that opens the console');
      const link = /url=([^"]+)"/.exec(readFileSync(join(folder, 'page'), 'utf8'))?.[1] ?? '';
      await openSession(link).catch((error: unknown) => words.push(`the file opens nothing: ${String(error)}`));
      if (existsSync(opener)) words.push('the file is still there after its link was followed');
      if ((await fetch(link)).status !== 403) words.push('its link opens the console a second time');
      rmSync(join(folder, 'told'));
      await host.stop();
      host = start();
      await appears(join(folder, 'told'));
      await host.stop('SIGKILL');
      if (!existsSync(opener)) words.push('a killed host left no file, so cleaning up was not tested');
      writeFileSync(join(folder, 'end'), '');
      host = new Running(process.execPath, [entry, '--json', '--port', '0', '--data-dir', dataDir], env);
      await host.ready();
      if (existsSync(opener)) words.push('the file of a killed host is still there after the next start');
    }
    return {
      isSound: words.length === 0,
      figures: `${stdout.split('\n').length} command lines and environments without a link; the link was passed in a file and worked once`,
      words,
    };
  } finally {
    writeFileSync(join(folder, 'end'), '');
    await host.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
