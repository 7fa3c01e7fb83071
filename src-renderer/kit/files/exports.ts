/** Exports requested by this console: start, follow, cancel. */
import { useEffect } from 'react';
import { create } from 'zustand';
import { PRINTED } from '#kit/locale/choose-language.ts';
import type { Language } from '#kit/locale/format.ts';
import { ask, attempt, type Outcome } from '#link/attempt.ts';
import { client } from '#link/client.ts';
import { follow } from '#link/follow.ts';
import { hostNow } from '#link/host-clock.ts';
import type { ContactsFile } from '#shared/contract/lists.ts';
import type { ExportJob, FileFormat, ReportQuery } from '#shared/contract/reports.ts';

/** Timeout that allows for a slow choice of where to save. */
const BEGUN_WITHIN_MS = 30 * 60_000;

interface ExportsState {
  /** jobs of the whole host, newest first */
  readonly jobs: readonly ExportJob[];
  /** jobs started here, and when */
  readonly mine: Readonly<Record<number, number>>;
}

export const useExports = create<ExportsState>(() => ({ jobs: [], mine: {} }));

/** Follows the exports while the screen is mounted. */
export function useFollowExports(): void {
  useEffect(() => follow((onError) => client.exports.subscribe(undefined, { onData: (jobs) => useExports.setState({ jobs }), onError })), []);
}

/** A browser downloads the offered file itself and shows the progress. */
function begun(outcome: Outcome<ExportJob | null>): Outcome<ExportJob | null> {
  const job = outcome.ok ? outcome.value : null;
  if (!job) return outcome;
  useExports.setState(({ mine }) => ({ mine: { ...mine, [job.id]: hostNow() } }));
  if (job.url !== null) {
    const link = document.createElement('a');
    link.href = job.url;
    link.download = job.name;
    link.click();
  }
  return outcome;
}

/** Starts an export. Null: the user cancelled the choice of a path. */
export const exportReport = async (query: ReportQuery, format: FileFormat, language: Language): Promise<Outcome<ExportJob | null>> =>
  begun(await attempt((signal) => client.exportReport.mutate({ query, format, language }, { signal }), BEGUN_WITHIN_MS));

/** Like `exportReport`, for a list of contacts. */
export const exportContacts = async (list: ContactsFile['list'], format: FileFormat, language: Language): Promise<Outcome<ExportJob | null>> =>
  begun(await attempt((signal) => client.exportContacts.mutate({ list, format, language }, { signal }), BEGUN_WITHIN_MS));

/** Exports the current page in the reader's language. */
export async function printReport(query: ReportQuery, language: Language): Promise<Outcome<ExportJob | null>> {
  const hash = `${location.hash}${location.hash.includes('?') ? '&' : '?'}${PRINTED}=${language}`;
  return begun(await attempt((signal) => client.printReport.mutate({ query, hash }, { signal }), BEGUN_WITHIN_MS));
}

export const cancelExport = (id: number): Promise<Outcome<void>> => ask((signal) => client.cancelExport.mutate({ id }, { signal }));
