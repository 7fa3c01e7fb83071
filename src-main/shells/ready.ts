/** The report of a started host on stdout. */

import type { Closed } from '#shared/contract/desk.ts';
import { messages } from './messages.ts';
import type { Options } from './options.ts';
import { appVersion } from './version.ts';

export interface Ready {
  readonly api_url: string;
  /** URLs of further names */
  readonly also: readonly string[];
  /** null: the console is in a window */
  readonly console_url: string | null;
  readonly data_dir: string;
  readonly admin_token_file: string;
  readonly closed: Closed | null;
}

/** Prints one line of JSON for scripts, or text for a person. */
export function sayReady(options: Options, ready: Ready): void {
  process.stdout.write(`${options.json ? readyLine(ready) : readyProse(options, ready)}\n`);
}

function readyLine({ api_url, console_url, data_dir }: Ready): string {
  return JSON.stringify({ ready: true, version: appVersion(), apiUrl: api_url, consoleUrl: console_url, dataDir: data_dir, pid: process.pid });
}

function readyProse(options: Options, { api_url, also, console_url, data_dir, admin_token_file, closed }: Ready): string {
  const { running, where, linkHint, wasClosed } = messages(options.language);
  const time = (at: number) => new Date(at).toLocaleString(options.language, { dateStyle: 'medium', timeStyle: 'medium' });
  const rows = [
    ...(console_url === null ? [] : [[where.console, console_url]]),
    [where.api, api_url],
    ...also.map((url) => [where.also, url]),
    [where.docs, `${api_url}/docs`],
    [where.token, admin_token_file],
    [where.data, data_dir],
  ] as const;
  const width = Math.max(...rows.map(([label]) => label.length));
  return [
    running(appVersion()),
    ...(closed === null ? [] : [wasClosed(time(closed.from), time(closed.until), closed.was_stopped)]),
    ...rows.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`),
    ...(console_url === null ? [] : [linkHint]),
    where.stop,
  ].join('\n');
}
