/** Code that is forbidden in the desktop shell, checked in its sources; e2e/desktop/strangers.spec.ts checks the running app. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');
const sources: Readonly<Record<string, string>> = Object.fromEntries(
  readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => [name, readFileSync(join(import.meta.dirname, name), 'utf8')]),
);

interface Rule {
  readonly name: string;
  readonly pattern: RegExp;
  /** the only file where it may occur, once */
  readonly only?: string;
  /** an example that the rule must find */
  readonly bad: string;
}

const RULES: readonly Rule[] = [
  { name: 'windows are made in one place', pattern: /new (BrowserWindow|BrowserView|WebContentsView)\b/g, only: 'window.ts', bad: 'new BrowserWindow({})' },
  { name: 'a window loads our page', pattern: /\.load(URL|File)\((?!PAGE_URL\))/g, bad: "window.loadURL('https://example.com')" },
  {
    name: 'no preference opens a window up',
    pattern:
      /(nodeIntegration\w*|allowRunningInsecureContent|experimentalFeatures|webviewTag): true|(contextIsolation|sandbox|webSecurity): false|enableBlinkFeatures/g,
    bad: 'webPreferences: { sandbox: false }',
  },
  {
    name: 'messages of pages are heard in one place',
    pattern: /ipcMain\.(on|once|handle|handleOnce|addListener)\(/g,
    only: 'console-ipc.ts',
    bad: "ipcMain.handle('x', run)",
  },
  { name: 'the preload shows one thing', pattern: /exposeInMainWorld\(/g, only: 'preload.ts', bad: "contextBridge.exposeInMainWorld('electron', electron)" },
  { name: 'addresses are opened outside in one place', pattern: /openExternal\(/g, only: 'desktop.ts', bad: 'shell.openExternal(url)' },
  { name: 'the page is told commands in one place', pattern: /executeJavaScript\(/g, only: 'commands.ts', bad: 'contents.executeJavaScript(text)' },
  { name: 'no code is made of text', pattern: /insertCSS\(|\beval\(|new Function\(/g, bad: 'eval(text)' },
  { name: 'pages are not files', pattern: /file:\/\/(?! would give)/g, bad: "loadURL('file://x')" },
  {
    name: 'certificates are not waved through',
    pattern: /certificate-error|setCertificateVerifyProc|ignore-certificate-errors/g,
    bad: "app.on('certificate-error', allow)",
  },
];

const breaches = ({ pattern, only }: Rule, files: Readonly<Record<string, string>>): string[] =>
  Object.entries(files).flatMap(([name, text]) => {
    const found = [...text.matchAll(pattern)].map(([match]) => `${name}: ${match}`);
    return name === only ? found.slice(1) : found;
  });

describe('the desktop shell', () => {
  test('is what these rules examine', () => {
    expect(Object.keys(sources)).toEqual(expect.arrayContaining(['window.ts', 'preload.ts', 'console-ipc.ts', 'desktop.ts', 'page.ts', 'permissions.ts']));
    expect(RULES.filter(({ only, pattern }) => only && !new RegExp(pattern.source).test(sources[only] ?? ''))).toEqual([]);
  });

  test.each(RULES)('$name', (rule) => {
    expect(breaches(rule, sources)).toEqual([]);
    expect(breaches(rule, { 'stranger.ts': rule.bad })).toHaveLength(1);
  });

  test.each([
    [
      'window.ts',
      ['setWindowOpenHandler', "action: 'deny'", "'will-navigate'", "'will-attach-webview'", 'contextIsolation: true', 'sandbox: true', 'Object.freeze'],
    ],
    ['permissions.ts', ['setPermissionRequestHandler', 'setPermissionCheckHandler', 'setDevicePermissionHandler(() => false)']],
    ['console-ipc.ts', ['senderFrame !== sender.mainFrame', 'isOurPage(senderFrame.url)']],
  ])('%s keeps its locks', (name, locks) => {
    expect(locks.filter((lock) => !sources[name]?.includes(lock))).toEqual([]);
  });
});

test('the packaged program cannot be run as Node.js or debugged, and runs only its own archive', () => {
  const fuses = /electronFuses:\n((?: {2}.*\n)+)/.exec(readFileSync(join(root, 'electron-builder.yml'), 'utf8'))?.[1] ?? '';
  const set = Object.fromEntries([...fuses.matchAll(/^ {2}(\w+): (true|false)$/gm)].map(([, name, value]) => [name, value]));
  expect(set).toEqual({
    runAsNode: 'false',
    enableCookieEncryption: 'true',
    enableNodeOptionsEnvironmentVariable: 'false',
    enableNodeCliInspectArguments: 'false',
    enableEmbeddedAsarIntegrityValidation: 'true',
    onlyLoadAppFromAsar: 'true',
    grantFileProtocolExtraPrivileges: 'false',
  });
});

test('a window is first painted in the background of the page', () => {
  const tokens = readFileSync(join(root, 'src-renderer', 'app', 'tokens.css'), 'utf8');
  const [light, dark] = [...tokens.matchAll(/--bg: (#\w+);/g)].map(([, color]) => color);
  expect(sources['window.ts']).toContain(`const BACKGROUND = { light: '${light}', dark: '${dark}' };`);
});
