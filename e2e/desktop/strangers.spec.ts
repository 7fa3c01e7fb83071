/** What the window refuses: foreign texts, frames and addresses, and permissions of the machine that a page may request. */
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Operator } from '#shared/contract/entities.ts';
import { fillWith, HOSTILE, tourOf } from '../harness/hostile.ts';
import { type Desktop, expect, root, test } from './desktop.ts';

const isActive = async (desktop: Desktop, id: number) => (await desktop.api<Operator>('GET', `/operators/${id}`)).is_active;

test('a hostile text stays text on every screen, and the policy of the page blocks nothing', async ({ desktop }) => {
  const { page } = desktop;
  const refusals: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) refusals.push(message.text());
  });
  for (const text of HOSTILE) {
    await fillWith(text, (method, path, body) => desktop.api(method, path, body));
    expect(await tourOf(page, text)).toEqual([]);
  }
  expect(refusals).toEqual([]);
  const policy = await page.evaluate(async () => (await fetch('/index.html')).headers.get('content-security-policy'));
  expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self' 'nonce-[\w-]{22}';/);
  expect(policy).not.toContain('unsafe');
});

test('the host accepts messages only from the window’s own page, and from no other frame', async ({ desktop }) => {
  const { app, page } = desktop;
  const { id } = await desktop.api<Operator>('POST', '/operators', { name: 'Анна', max_load: 3 });
  const order = (call: number, is_active: boolean) =>
    JSON.stringify({ id: call, method: 'mutation', params: { path: 'updateOperator', input: { id, patch: { is_active } } } });

  // another window with the same preload, showing a foreign page
  await app.evaluate(
    async ({ BrowserWindow, ipcMain }, { message, preload }) => {
      const foreign = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true, contextIsolation: true } });
      await foreign.loadURL('data:text/html,<title>A stranger</title>');
      const arrived = new Promise<void>((resolve) => {
        ipcMain.on('console', function look({ sender }) {
          if (sender !== foreign.webContents) return;
          ipcMain.off('console', look);
          resolve();
        });
      });
      await foreign.webContents.executeJavaScript(`
        globalThis.answers = [];
        switchyard.listen((answer) => answers.push(answer));
        switchyard.post(${JSON.stringify(message)});`);
      await arrived;
      Reflect.set(globalThis, 'foreign', foreign);
    },
    { message: order(1, false), preload: join(root, 'out', 'preload', 'preload.cjs') },
  );
  await desktop.api('PATCH', `/operators/${id}`, { max_load: 4 }); // anything obeyed earlier would be done by now
  const heard = await app.evaluate(async () => {
    const foreign = Reflect.get(globalThis, 'foreign') as Electron.BrowserWindow;
    const answers = (await foreign.webContents.executeJavaScript('answers')) as string[];
    foreign.destroy();
    return answers;
  });
  expect([heard, await isActive(desktop, id)]).toEqual([[], true]);

  // a frame inside our own page, and a page of ours in a frame that is not the window's main frame
  await page.evaluate(() => void document.body.append(document.createElement('iframe')));
  const tried = await app.evaluate(
    ({ BrowserWindow, ipcMain }, message) => {
      const sender = BrowserWindow.getAllWindows()[0]?.webContents;
      const inner = sender?.mainFrame.frames[0];
      ipcMain.emit('console', { sender, senderFrame: inner }, message);
      ipcMain.emit('console', { sender, senderFrame: { url: 'app://switchyard/index.html' } }, message);
      ipcMain.emit('console', { sender, senderFrame: null }, message);
      for (const odd of [{}, 7, null, ['x'], 'x'.repeat(2_000_000), 'not JSON', '{"id":'])
        ipcMain.emit('console', { sender, senderFrame: sender?.mainFrame }, odd);
      return inner?.url ?? 'no frame';
    },
    order(2, false),
  );
  expect([tried, await isActive(desktop, id)]).toEqual(['about:blank', true]);

  // the same message from the page itself is obeyed
  await page.evaluate(
    (message) => {
      const bridge = Reflect.get(window, 'switchyard') as { post(text: string): void };
      bridge.post(message);
    },
    order(1_000_001, false),
  );
  await expect.poll(() => isActive(desktop, id)).toBe(false);
});

test('the page gets no access to the machine, whatever it requests', async ({ desktop }) => {
  const { app, page } = desktop;
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> };
    const { sandbox, contextIsolation, nodeIntegration, nodeIntegrationInSubFrames, webSecurity, webviewTag } = contents.getLastWebPreferences();
    return { sandbox, contextIsolation, nodeIntegration, nodeIntegrationInSubFrames, webSecurity, webviewTag };
  });
  expect(preferences).toEqual({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
  });
  const seen = await page.evaluate(async () => {
    const outcome = (asked: Promise<unknown>) =>
      asked.then(
        () => 'granted',
        () => 'refused',
      );
    const position = () => new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject, { timeout: 5000 }));
    const view = document.createElement('webview');
    view.setAttribute('src', 'https://example.com/');
    document.body.append(view);
    const asked = {
      camera: outcome(navigator.mediaDevices.getUserMedia({ video: true })),
      microphone: outcome(navigator.mediaDevices.getUserMedia({ audio: true })),
      screen: outcome(navigator.mediaDevices.getDisplayMedia()),
      place: outcome(position()),
      clipboard: outcome(navigator.clipboard.readText()),
      'a file of the disk': outcome(fetch('file:///etc/passwd')),
      'the folder above': fetch('/../../package.json').then(({ status }) => (status === 404 ? 'refused' : 'granted')),
      'the folder above, encoded': fetch('/%2e%2e%2f%2e%2e%2fpackage.json').then(({ status }) => (status === 404 ? 'refused' : 'granted')),
    };
    const answers: Record<string, string> = {};
    for (const [name, answer] of Object.entries(asked)) answers[name] = await answer;
    const globals = ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron'].filter((name) => Reflect.get(window, name) !== undefined);
    return { answers, globals, webview: 'getWebContentsId' in view };
  });
  expect(seen.globals).toEqual([]);
  expect(seen.webview).toBe(false);
  expect(Object.entries(seen.answers).filter(([, answer]) => answer !== 'refused')).toEqual([]);
});

test('only the documentation opens, in the browser of the user, and the window stays on its page', async ({ desktop }) => {
  const { app, page } = desktop;
  await app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Reflect.set(globalThis, 'opened', opened);
    shell.openExternal = (url) => Promise.resolve(void opened.push(url));
    shell.openPath = (path) => Promise.resolve(String(opened.push(path)));
  });
  const docs = `${desktop.apiUrl}/docs`;
  const addresses = [
    'https://example.com/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://example.com/share',
    'ms-msdt:/id',
    'app://switchyard/index.html',
    `${docs}/../contacts`,
    `${docs}?x`,
    'mailto:x@example.com',
    docs,
  ];
  const windows = await page.evaluate((all) => all.map((address) => window.open(address) === null), addresses);
  expect(windows).toEqual(addresses.map(() => true));
  await expect.poll(() => app.evaluate(() => Reflect.get(globalThis, 'opened') as string[])).toEqual([docs]);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);

  for (const address of ['https://example.com/', `${desktop.apiUrl}/console/`, 'data:text/html,x'])
    expect(
      await app.evaluate(
        ({ BrowserWindow }, url) =>
          new Promise((resolve) => {
            const contents = BrowserWindow.getAllWindows()[0]?.webContents;
            contents?.once('will-navigate', (event) => setImmediate(() => resolve([event.defaultPrevented, contents.getURL().slice(0, 16)])));
            // Chromium itself blocks navigation to data: and file:, and logs it
            contents?.once('console-message', () => resolve([true, contents.getURL().slice(0, 16)]));
            void contents?.executeJavaScript(`location.href = ${JSON.stringify(url)}; 0`);
          }),
        address,
      ),
    ).toEqual([true, 'app://switchyard']);
});

test('files of the app, including those of Chromium, are accessible to its user only', async ({ desktop }) => {
  const { dataDir } = desktop;
  await desktop.api('POST', '/operators', { name: 'Анна', max_load: 3 });
  const everything = [dataDir, ...readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).map((name) => join(dataDir, name))];
  const open = everything.filter((path) => {
    const stat = lstatSync(path, { throwIfNoEntry: false }); // Chromium creates and removes files
    return stat !== undefined && !stat.isSymbolicLink() && (stat.mode & 0o077) !== 0;
  });
  expect(everything.length).toBeGreaterThan(20);
  expect(open).toEqual([]);
});
