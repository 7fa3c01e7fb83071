import { latest } from '#console/follow.ts';
import type { HostParts } from '#console/parts.ts';
import type { HostOf } from '#shared/contract/call.ts';
import type { reportCalls } from '#shared/contract/reports.ts';

export const reportHost = ({ reports, exports }: HostParts): HostOf<typeof reportCalls> => ({
  report: (_principal, { query, page }, signal) => reports.report(query, page, signal),
  exportReport: (_principal, file) => exports.begin(file),
  printReport: (_principal, page) => exports.print(page),
  cancelExport: (_principal, { id }) => exports.cancel(id),
  exports: (_principal, _input, signal) =>
    latest(
      (listener) => exports.watch(listener),
      () => exports.list(),
      signal,
    ),
});
