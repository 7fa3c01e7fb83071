/** Console calls for reports. Kept apart from `reports.ts`, which the page imports. */
import { initTRPC } from '@trpc/server';
import { z } from 'zod';
import { id } from './entities.ts';
import type { Result } from './problems.ts';
import { type ExportJob, pageInput, type Report, type ReportFile, type ReportPage, type ReportQuery, reportFile, reportPage, reportQuery } from './reports.ts';

/** What the host does for the report screens. */
export interface ReportsHost {
  /** @param page of a list of contacts; other reports are returned whole */
  report(query: ReportQuery, page: z.infer<typeof pageInput>, signal: AbortSignal | undefined): Promise<Report>;
  /** In a window the host asks where to save the file and writes it; a browser fetches it from the `url` in the result. null: the user cancelled. */
  exportReport(file: ReportFile): Promise<Result<ExportJob | null>>;
  /** The same page as PDF; `no_browser` if no browser is available for printing. */
  printReport(page: ReportPage): Promise<Result<ExportJob | null>>;
  cancelExport(id: number): void;
  /** Calls back with all files started since the program started, newest first, immediately and on each change. */
  watchExports(listener: (jobs: readonly ExportJob[]) => void): () => void;
}

const { procedure } = initTRPC.context<{ host: ReportsHost }>().create();
export const reportProcedures = {
  report: procedure
    .input(z.object({ query: reportQuery, page: pageInput.prefault({}) }))
    .query(({ ctx, input, signal }) => ctx.host.report(input.query, input.page, signal)),
  exportReport: procedure.input(reportFile).mutation(({ ctx, input }) => ctx.host.exportReport(input)),
  printReport: procedure.input(reportPage).mutation(({ ctx, input }) => ctx.host.printReport(input)),
  cancelExport: procedure.input(z.object({ id })).mutation(({ ctx, input }) => ctx.host.cancelExport(input.id)),
  exports: procedure.subscription(async function* ({ ctx, signal }): AsyncGenerator<readonly ExportJob[]> {
    let jobs: readonly ExportJob[] = [];
    let wake: () => void = () => undefined;
    const stop = ctx.host.watchExports((now) => {
      jobs = now;
      wake();
    });
    signal?.addEventListener('abort', () => wake(), { once: true });
    try {
      let told: readonly ExportJob[] | undefined;
      while (!signal?.aborted) {
        if (told === jobs)
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        else {
          told = jobs;
          yield told;
        }
      }
    } finally {
      stop();
    }
  }),
};
