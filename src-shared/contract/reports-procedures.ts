/** Reports as calls of the console; apart from `reports.ts`, which the page imports. */
import { initTRPC } from '@trpc/server';
import { z } from 'zod';
import { pageInput, type Report, type ReportExtent, type ReportQuery, reportQuery } from './reports.ts';

/** What the host does for the report screens. */
export interface ReportsHost {
  reportExtent(): Promise<ReportExtent>;
  /** @param page of a list of contacts; other reports are answered whole */
  report(query: ReportQuery, page: z.infer<typeof pageInput>, signal: AbortSignal | undefined): Promise<Report>;
}

const { procedure } = initTRPC.context<{ host: ReportsHost }>().create();
export const reportProcedures = {
  reportExtent: procedure.query(({ ctx }) => ctx.host.reportExtent()),
  report: procedure
    .input(z.object({ query: reportQuery, page: pageInput.prefault({}) }))
    .query(({ ctx, input, signal }) => ctx.host.report(input.query, input.page, signal)),
};
