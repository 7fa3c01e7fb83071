/** Serves the window's page from files inside the app, under its own origin; file:// would give it access to the whole disk. */
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol } from 'electron';
import { consolePage, contentSecurityPolicy } from '#shells/console-page.ts';

const SCHEME = 'app';
const ORIGIN = `${SCHEME}://switchyard`;
export const PAGE_URL = `${ORIGIN}/index.html`;

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.map': 'application/json',
  '.json': 'application/json',
};

/** Whether a URL belongs to our page. */
export const isOurPage = (url: string): boolean => url.startsWith(`${ORIGIN}/`);

/** Must run before the app is ready. */
export function declarePageScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
}

/** Serves files of `folder`, and nothing outside it, by GET. */
export function servePage(folder: string): void {
  protocol.handle(SCHEME, async ({ url, method }) => {
    const file = isOurPage(url) && method === 'GET' ? fileInside(folder, new URL(url).pathname) : null;
    const type = file && types[extname(file)];
    if (!file || !type) return new Response(null, { status: 404 });
    try {
      const { body, policy } = file === join(folder, 'index.html') ? await page(file) : { body: await readFile(file), policy: contentSecurityPolicy() };
      return new Response(new Uint8Array(body), {
        headers: { 'content-type': type, 'content-security-policy': policy, 'x-content-type-options': 'nosniff' },
      });
    } catch {
      return new Response(null, { status: 404 });
    }
  });
}

async function page(file: string): Promise<{ readonly body: Buffer; readonly policy: string }> {
  const { html, policy } = await consolePage(file);
  return { body: Buffer.from(html), policy };
}

/** The file that a URL path names; null when it is outside of `folder` or invalid. */
function fileInside(folder: string, pathname: string): string | null {
  let path: string;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (path.includes('\0') || path.includes('\\')) return null;
  const file = normalize(join(folder, path));
  return file.startsWith(folder + sep) ? file : null;
}
