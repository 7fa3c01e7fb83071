/** File exports requested by consoles: saved where the user chooses, or offered to the browser. Progress and outcome are announced. */
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { fail, ok, type Result } from '#shared/contract/problems.ts';
import { type ExportJob, fileName, type ReportPage, type ReportQuery } from '#shared/contract/reports.ts';
import { fileStream, type Watched } from './files/stream.ts';
import { writeFile } from './files/write-file.ts';
import type { AnyFile, Reports } from './reports.ts';

/**
 * Destination of files. `ask` lets the user choose a path and returns null on cancel. Without it, a browser downloads them once below `url`, from an
 * unguessable address.
 */
export type Destination = { readonly ask: (name: string) => Promise<string | null> } | { readonly url: string };

/** Prints a console page, given its hash address, as PDF; null when printing is not available. */
export type Print = ((hash: string) => Promise<Uint8Array>) | null;

/** Lifetime of an offered download; browsers fetch it immediately. */
const OFFERED_FOR_MS = 5 * 60_000;
/** Maximum number of finished exports remembered. */
const MOST_REMEMBERED = 20;

/** The fields that a file name is made of. */
type Named = Pick<ReportQuery, 'report' | 'from' | 'to'>;

interface Job {
  readonly make: (watched: Watched) => Readable;
  shown: ExportJob;
  stream: Readable | undefined;
}

/** The exports of a running host. Remembers the latest `MOST_REMEMBERED`. */
export class Exports {
  readonly #reports: Reports;
  readonly #destination: Destination;
  readonly #print: () => Print;
  readonly #watchers = new Set<(jobs: readonly ExportJob[]) => void>();
  #jobs: readonly Job[] = [];
  #nextId = 1;

  /** @param print evaluated for each export: a browser may have been installed meanwhile */
  constructor(reports: Reports, destination: Destination, print: () => Print = () => null) {
    this.#reports = reports;
    this.#destination = destination;
    this.#print = print;
  }

  /** All exports since the program started, newest first. */
  list(): ExportJob[] {
    return this.#jobs.map(({ shown }) => shown);
  }

  /** Calls back with all exports on each change, until the returned function is called. */
  watch(listener: (jobs: readonly ExportJob[]) => void): () => void {
    this.#watchers.add(listener);
    return () => this.#watchers.delete(listener);
  }

  /** Starts an export. Resolves once the destination is known; null when the user cancelled. */
  begin(file: AnyFile): Promise<Result<ExportJob | null>> {
    const today = this.#reports.today();
    const named = 'list' in file ? { report: 'contacts' as const, from: today, to: today } : file.query;
    return this.#begin(named, file.format, (watched) => fileStream(this.#reports, file, watched));
  }

  /** Exports the page that shows the report, as PDF. */
  async print({ query, hash }: ReportPage): Promise<Result<ExportJob | null>> {
    const print = this.#print();
    if (!print) return fail('no_browser', 'PDF needs Chromium, Chrome or Edge on the machine that Switchyard runs on.');
    return this.#begin(query, 'pdf', ({ onDone, onFailed }) => {
      const page = print(hash);
      page.then(
        () => onDone?.(null),
        (error: unknown) => onFailed?.(error),
      );
      return Readable.from(once(page));
    });
  }

  async #begin(query: Named, format: ExportJob['format'], make: Job['make']): Promise<Result<ExportJob | null>> {
    const name = fileName(query, format);
    const path = 'ask' in this.#destination ? await this.#destination.ask(name) : null;
    if ('ask' in this.#destination && path === null) return ok(null);
    const id = this.#nextId++;
    const url = 'url' in this.#destination ? `${this.#destination.url}${randomBytes(32).toString('base64url')}` : null;
    const shown: ExportJob = {
      id,
      report: query.report,
      format,
      name,
      state: path === null ? 'offered' : 'writing',
      progress: 0,
      bytes: 0,
      rows: null,
      path,
      url,
      detail: null,
    };
    const job: Job = { make, shown, stream: undefined };
    this.#jobs = [job, ...this.#jobs].slice(0, MOST_REMEMBERED);
    this.#notify();
    if (path !== null) void this.#write(job, path);
    else setTimeout(() => job.shown.state === 'offered' && this.cancel(id), OFFERED_FOR_MS).unref();
    return ok(shown);
  }

  /** Opens an offered file; works once. */
  open(ticket: string): Result<{ readonly name: string; readonly format: ExportJob['format']; readonly stream: Readable }> {
    const job = this.#jobs.find(({ shown }) => shown.url?.endsWith(`/${ticket}`));
    if (ticket === '' || job?.shown.state !== 'offered') return fail('not_found', 'There is no such file. Export it again.');
    return ok({ name: job.shown.name, format: job.shown.format, stream: this.#start(job) });
  }

  cancel(id: number): void {
    const job = this.#jobs.find(({ shown }) => shown.id === id);
    if (!job || (job.shown.state !== 'offered' && job.shown.state !== 'writing')) return;
    this.#become(job, { state: 'cancelled' });
    job.stream?.destroy();
  }

  #start(job: Job): Readable {
    this.#become(job, { state: 'writing' });
    const stream = job.make({
      onProgress: (progress) => this.#become(job, { progress }),
      onDone: (rows) => this.#become(job, { rows, ...(job.shown.path === null && { state: 'done', progress: 1 }) }),
      onFailed: (error) => this.#failed(job, error),
    });
    stream.on('data', (chunk: Uint8Array) => this.#become(job, { bytes: job.shown.bytes + chunk.length }));
    stream.pause(); // until a reader is attached
    job.stream = stream;
    return stream;
  }

  async #write(job: Job, path: string): Promise<void> {
    try {
      await writeFile(path, this.#start(job));
      this.#become(job, { state: 'done', progress: 1 });
    } catch (error) {
      this.#failed(job, error);
    }
  }

  #failed(job: Job, error: unknown): void {
    if (job.shown.state === 'writing') this.#become(job, { state: 'failed', detail: (error as Error).message });
  }

  #become(job: Job, change: Partial<ExportJob>): void {
    if (job.shown.state === 'cancelled') return;
    job.shown = { ...job.shown, ...change };
    this.#notify();
  }

  #notify(): void {
    const shown = this.list();
    for (const watcher of this.#watchers) watcher(shown);
  }
}

/** Yields the resolved bytes as a single chunk. */
async function* once(promise: Promise<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield await promise;
}
