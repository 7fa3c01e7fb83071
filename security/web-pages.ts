/**
 * Foreign web pages in a real Chromium on the desk's machine: everything a page can send without user consent, and a
 * page whose own host name resolves to our port (DNS rebinding). Each is even given the admin token, which must not help.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium, type Page } from '@playwright/test';
import type { Finding } from '../faults/harness/verdict.ts';
import { findChromium } from '../scripts/system.ts';
import { changed, onStage, type Stage } from './harness/stage.ts';

/** Null if there is a browser; otherwise the reason why not. */
export const noBrowser = (): string | null => (findChromium() ? null : 'needs Chromium');

const STRANGER = 'stranger.example';
const REBOUND = 'rebound.example';
const EVERYBODY_HAS_ANSWERED_MS = 5000;

/** What a page tried, and whether it could read a response. */
type Loot = Readonly<Record<string, string>>;

export const webPages = (mutant?: string): Promise<Finding> =>
  onStage(mutant, async (stage) => {
    const site = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<!doctype html><title>A stranger’s page</title>'));
    await new Promise<void>((resolve) => void site.listen(0, '127.0.0.1', resolve));
    const executablePath = findChromium();
    const browser = await chromium.launch({
      ...(executablePath && { executablePath }),
      // newer browsers ask before a page may reach this machine; that prompt must not be what blocks it here
      args: [
        '--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests',
        `--host-resolver-rules=MAP ${STRANGER} 127.0.0.1, MAP ${REBOUND} 127.0.0.1`,
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
      ],
    });
    try {
      const before = stage.rows();
      const address = `http://${STRANGER}:${(site.address() as AddressInfo).port}/`;
      const pages = {
        'a foreign page': fromElsewhere(browser, stage, address),
        'a foreign page next to an open console': besideTheConsole(browser, stage, address),
        'a rebound page': reboundPage(browser, stage),
      };
      const loot = await Promise.all(Object.entries(pages).map(async ([who, got]) => ({ who, got: await got })));
      const words = [...changed(before, stage.rows()), ...loot.flatMap(({ who, got }) => read(who, got))];
      const tried = loot.reduce((sum, { got }) => sum + Object.keys(got).length, 0);
      return { isSound: words.length === 0, figures: `${tried} attempts from ${loot.length} pages`, words };
    } finally {
      await browser.close();
      site.close();
    }
  });

const read = (who: string, loot: Loot): string[] =>
  Object.entries(loot)
    .filter(([, got]) => got !== 'nothing')
    .map(([what, got]) => `${who}, ${what}: got ${got}`);

async function fromElsewhere(browser: Browser, stage: Stage, address: string): Promise<Loot> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(address);
    return await plunder(page, stage);
  } finally {
    await context.close();
  }
}

/** The same browser has our console open, so that it would send a cookie if there were one. */
async function besideTheConsole(browser: Browser, stage: Stage, address: string): Promise<Loot> {
  const context = await browser.newContext();
  try {
    const console = await context.newPage();
    await console.goto(stage.host.consoleUrl);
    const page = await context.newPage();
    await page.goto(address);
    return await plunder(page, stage);
  } finally {
    await context.close();
  }
}

/** Its first document came from the attacker's server; after that its host name resolves to this machine. */
async function reboundPage(browser: Browser, stage: Stage): Promise<Loot> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const address = `http://${REBOUND}:${stage.port}/`;
    await page.route(address, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>A stranger’s page</title>' }));
    await page.goto(address);
    return { ...(await sameOrigin(page, stage)), ...(await plunder(page, stage)) };
  } finally {
    await context.close();
  }
}

async function sameOrigin(page: Page, stage: Stage): Promise<Loot> {
  const given = { token: stage.host.adminToken, source_id: stage.source.id };
  return await page.evaluate(async ({ token, source_id }) => {
    const loot: Record<string, string> = {};
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    for (const path of ['/health', '/docs', '/openapi.json', '/contacts', '/leads', '/console/', '/events']) {
      const response = await fetch(path, { headers });
      loot[`GET ${path}`] = response.ok ? `${response.status} ${path}` : 'nothing';
      await response.body?.cancel();
    }
    const posted = await fetch('/contacts', { method: 'POST', headers, body: JSON.stringify({ source_id, external_id: 'rebound' }) });
    loot['POST /contacts'] = posted.ok ? String(posted.status) : 'nothing';
    return loot;
  }, given);
}

/** Every kind of request that a page can make to another address: those whose response it might read, and those that it can only send. */
async function plunder(page: Page, stage: Stage): Promise<Loot> {
  const given = { api: stage.apiUrl, port: stage.port, token: stage.host.adminToken, source_id: stage.source.id, patience: EVERYBODY_HAS_ANSWERED_MS };
  return await page.evaluate(async ({ api, port, token, source_id, patience }) => {
    const loot: Record<string, string> = {};
    const contact = JSON.stringify({ source_id, external_id: 'stranger' });
    const wait = (name: string, start: (got: (what: string) => void) => void) =>
      new Promise<void>((resolve) => {
        const got = (what: string) => {
          loot[name] = what;
          resolve();
        };
        setTimeout(() => got(loot[name] ?? 'nothing'), patience);
        start(got);
      });
    const fetched = (name: string, path: string, init: RequestInit) =>
      wait(name, (got) => {
        fetch(api + path, init).then(
          async (response) => got(response.type === 'opaque' ? 'nothing' : `${response.status} ${(await response.text()).slice(0, 40)}`),
          () => got('nothing'),
        );
      });
    const element = (name: string, tag: string, attributes: Record<string, string>) =>
      wait(name, (got) => {
        const made = Object.assign(document.createElement(tag), { onload: () => got('loaded'), onerror: () => got('nothing') });
        for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
        document.body.append(made);
      });
    const form = (name: string, enctype: string, fields: Record<string, string>) =>
      wait(name, () => {
        const frame = document.createElement('iframe');
        frame.name = name;
        const made = document.createElement('form');
        Object.assign(made, { method: 'post', action: `${api}/contacts`, target: name, enctype });
        for (const [key, value] of Object.entries(fields)) made.append(Object.assign(document.createElement('input'), { type: 'hidden', name: key, value }));
        document.body.append(frame, made);
        made.submit();
      });
    const socket = (name: string, url: string) =>
      wait(name, (got) => {
        const made = new WebSocket(url);
        made.onopen = () => got('a connection');
        made.onerror = () => got('nothing');
      });
    const bearer = { authorization: `Bearer ${token}` };
    await Promise.all([
      form('a form with fields', 'application/x-www-form-urlencoded', { source_id: String(source_id), external_id: 'form' }),
      form('a form as text', 'text/plain', { [`${contact.slice(0, -1)},"x":"`]: '"}' }),
      form('a multipart form', 'multipart/form-data', { external_id: 'form' }),
      fetched('fetch without CORS', '/contacts', { method: 'POST', mode: 'no-cors', body: contact, credentials: 'include' }),
      fetched('fetch with text', '/contacts', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: contact }),
      fetched('fetch with JSON', '/contacts', { method: 'POST', headers: { 'content-type': 'application/json', ...bearer }, body: contact }),
      fetched('fetch of all contacts', '/contacts', { headers: bearer }),
      fetched('fetch of health', '/health', { mode: 'cors' }),
      fetched('fetch of the console', '/console/', { credentials: 'include' }),
      fetched('DELETE', '/operators/1', { method: 'DELETE', headers: bearer }),
      element('an image of the API', 'img', { src: `${api}/health` }),
      element('an image of the console', 'img', { src: `${api}/console/assets/x.png` }),
      element('a script', 'script', { src: `${api}/openapi.json` }),
      element('a style sheet', 'link', { rel: 'stylesheet', href: `${api}/docs/static/swagger-ui.css` }),
      socket('a WebSocket', `ws://127.0.0.1:${port}/console/ws`),
      socket('a WebSocket on localhost', `ws://localhost:${port}/console/ws`),
      wait('server-sent events', (got) => {
        const made = new EventSource(`${api}/events`, { withCredentials: true });
        made.onopen = () => got('a stream');
        made.onerror = () => got('nothing');
      }),
      wait('a beacon', () => void navigator.sendBeacon(`${api}/contacts`, new Blob([contact], { type: 'text/plain' }))),
    ]);
    return loot;
  }, given);
}
