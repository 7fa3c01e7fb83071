/** Fixture of every test here: a host of its own, from the production build, with its console open in a browser. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { test as base, expect, type Page } from '@playwright/test';
import type { Contact, CreatedSource, DecisionAnswer, Operator, Source } from '#shared/contract/entities.ts';
import { newConsoleLink } from '#shells/testing/ask-console.ts';
import { BUILT_ENTRY, call, HostProcess } from '#shells/testing/host-process.ts';

export { expect };

/** The desk of one test, set up and queried over its HTTP API. */
export class Desk {
  readonly host: HostProcess;

  constructor(host: HostProcess) {
    this.host = host;
  }

  operator(name: string, max_load = 10): Promise<Operator> {
    return this.host.api('POST', '/operators', { name, max_load });
  }

  /** A source with these weights: `{ [operator_id]: weight }`. */
  async source(name: string, weights: Record<number, number> = {}): Promise<CreatedSource> {
    const source = await this.host.api<CreatedSource>('POST', '/sources', { name });
    for (const [operator_id, weight] of Object.entries(weights)) await this.host.api('PUT', `/operators/${operator_id}/competences/${source.id}`, { weight });
    return source;
  }

  contact(source: Pick<Source, 'id'>, external_id: string, name?: string): Promise<Contact> {
    return this.host.api('POST', '/contacts', { source_id: source.id, external_id, name });
  }

  /** Submits a contact as a bot does, with nothing but its source's key. */
  async fromBot(api_key: string, contact: { external_id: string; name?: string }): Promise<Contact> {
    const { status, body } = await call<Contact>(this.host.ready.apiUrl, api_key, 'POST', '/contacts', contact);
    if (status !== 201) throw new Error(`the bot was answered ${status}: ${JSON.stringify(body)}`);
    return body;
  }

  /** An unused link to the console. */
  link(): Promise<string> {
    return newConsoleLink({ apiUrl: this.host.ready.apiUrl, adminToken: this.host.token });
  }

  decision(contact_id: number): Promise<DecisionAnswer> {
    return this.host.api('GET', `/contacts/${contact_id}/decision`);
  }
}

interface Fixtures {
  desk: Desk;
  /** the console, opened with a link */
  console: Page;
}

export const test = base.extend<Fixtures & { language: 'ru' | 'en' }>({
  language: ['ru', { option: true }],
  desk: async ({ language }, use) => {
    const host = await HostProcess.start(BUILT_ENTRY, { args: ['--lang', language] });
    await use(new Desk(host));
    await host.running.stop();
    const log = logOf(host);
    await host.dispose();
    expect(log.filter((line) => PEOPLE.test(line) || line.includes(host.token))).toEqual([]);
  },
  locale: async ({ language }, use) => use(language === 'ru' ? 'ru-RU' : 'en-GB'),
  page: async ({ page }, use) => {
    const violations: string[] = [];
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) violations.push(message.text());
    });
    await use(page);
    expect(violations).toEqual([]);
  },
  console: async ({ desk, page }, use) => {
    const complaints = listen(page);
    await openConsole(page, desk);
    await use(page);
    expect(complaints).toEqual([]);
  },
});

export async function openConsole(page: Page, desk: Desk): Promise<void> {
  await page.goto(await desk.link());
  await expect(page.getByTestId('pulse')).toBeVisible();
}

/** Another tab of the same browser, with its session. A second link would end that session, and with it the first tab's connection for a moment. */
export async function openTab(page: Page, desk: Desk): Promise<Page> {
  const tab = await page.context().newPage();
  await tab.goto(`${desk.host.ready.apiUrl}/console/`);
  await expect(tab.getByTestId('pulse')).toBeVisible();
  return tab;
}

/** Waits for what the page fetches in an idle moment, so that each screen opens without its host. On a busy machine that moment comes late. */
export async function screensFetched(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(() => performance.getEntriesByType('resource').some(({ name }) => /\/rest-[^/]+\.js$/.test(name)))).toBe(true);
  await page.evaluate(async () => {
    const scripts = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js'));
    await Promise.all(scripts.map(({ name }) => import(name))); // also waits for what they import
  });
  await expect
    .poll(() => page.evaluate(() => [...document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')].every(({ sheet }) => sheet !== null)))
    .toBe(true);
}

/** The log has ids only; the people of these tests, and their messages, are mostly Russian. */
const PEOPLE = /\p{Script=Cyrillic}|\+7\d{10}|[\w.]+@example/u;

function logOf({ ready: { dataDir } }: HostProcess): string[] {
  const folder = join(dataDir, 'logs');
  const lines = readdirSync(folder).flatMap((name) => readFileSync(join(folder, name), 'utf8').trim().split('\n'));
  if (!lines.some((line) => line.includes('"started"'))) throw new Error('the log is empty: nothing could have been found in it');
  return lines;
}

/** Errors that a page reports. */
function listen(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return complaints;
}

/** Clicks a switch and waits for the state that the host confirms. */
export async function toggle(page: Page, name: string, on: boolean): Promise<void> {
  const control = page.getByRole('switch', { name });
  await control.press('Space');
  await expect(control).toBeChecked({ checked: on });
  await expect(control).not.toHaveAttribute('aria-busy', 'true');
}

/** Expects a figure of the pulse to have this value; its total and target may contain the same digits. */
export const showsFigure = (page: Page, name: 'waiting' | 'today' | 'refused', value: number): Promise<void> =>
  expect(page.getByTestId(`pulse-${name}`)).toContainText(new RegExp(`^${value}(?!\\d)`));

/** Runs a command as if pasted into a terminal. */
export async function runInShell(line: string): Promise<unknown> {
  const { stdout } = await promisify(execFile)('sh', ['-c', line], { timeout: 20_000 });
  return JSON.parse(stdout);
}

/** Pastes spreadsheet cells at the focus with Ctrl+V. */
export async function pasteText(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate((words) => navigator.clipboard.writeText(words), text);
  await page.keyboard.press('Control+v');
}

/** What Ctrl+C copies for a spreadsheet. */
export async function copyText(page: Page): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.keyboard.press('Control+c');
  return page.evaluate(() => navigator.clipboard.readText());
}
