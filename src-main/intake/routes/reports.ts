import { z } from 'zod';
import type { App } from '#intake/app.ts';
import { sendProblem } from '#intake/problem.ts';
import { fileStream } from '#reports/files/stream.ts';
import type { Reports } from '#reports/reports.ts';
import { fail } from '#shared/contract/problems.ts';
import {
  type Cell,
  type Column,
  fileFormats,
  fileName,
  mediaTypes,
  pageInput,
  type Report,
  type ReportFile,
  reportFilter,
  reportNames,
  reportQuery,
} from '#shared/contract/reports.ts';

const params = z.object({ name: z.enum(reportNames) });
const querystring = reportFilter.extend({
  format: z.enum(['json', ...fileFormats]).default('json'),
  lang: z.enum(['ru', 'en']).optional().meta({ description: 'Language of headings, words and separators in files; default: the language of the desk' }),
  limit: z.coerce.number().int().min(1).max(500).default(100).meta({ description: 'Page size for contacts in JSON; files contain all' }),
  cursor: pageInput.shape.cursor,
});

const cell = z.union([z.string(), z.number(), z.null()]);
const row = z.record(z.string(), cell);
const answer = z.object({
  report: z.enum(reportNames),
  from: z.iso.date(),
  to: z.iso.date(),
  time_zone: z.string(),
  at: z.iso.datetime({ precision: 3 }).meta({ description: 'The report counts what had happened by then' }),
  revision: z.int(),
  items: z.array(row).meta({ description: 'Shares are 0 … 1, durations milliseconds (`_ms`), days `2026-11-22`, weekdays 1 Monday … 7 Sunday' }),
  total: row.nullable(),
  row_count: z.int(),
  next_cursor: z.string().nullable(),
});

export function reportRoutes(app: App, reports: Reports): void {
  app.get(
    '/reports/:name',
    {
      config: { access: 'viewer', answers: { 200: answer } },
      schema: {
        tags: ['Reports'],
        operationId: 'getReport',
        summary: 'A report on a period, as JSON, CSV or XLSX',
        description:
          '`summary` by operator, source or time; `heat_map` arrivals by weekday and hour; `waits` their distribution; `load` over time; `fairness` draws against ' +
          'what chance expects; `contacts` the contacts themselves, one row each: those that `measure` names. With `format=csv` or `xlsx` the answer is a file with all rows, streamed.',
        params,
        querystring,
      },
    },
    async ({ params: { name }, query: given }, reply) => {
      const { format, lang, limit, cursor, ...filter } = given;
      const parsed = reportQuery.safeParse({ report: name, ...filter });
      if (!parsed.success) {
        const errors = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
        return sendProblem(
          reply,
          fail('validation_failed', 'No report can be made of these parameters together: errors says which, and why.', { errors }).problem,
        );
      }
      const query = parsed.data;
      if (format === 'json') return reply.send(presented(await reports.report(query, { limit, cursor }, undefined)));
      const file: ReportFile = { query, format, language: lang ?? reports.language };
      return reply
        .header('content-disposition', `attachment; filename="${fileName(query, format)}"`)
        .type(mediaTypes[format])
        .send(fileStream(reports, file));
    },
  );
}

function presented({ query, table, at, ...rest }: Report): z.infer<typeof answer> {
  const item = (cells: readonly Cell[]) => Object.fromEntries(table.columns.map((column, i) => field(column, cells[i] ?? null)));
  const { report, from, to } = query;
  return { report, from, to, at: new Date(at).toISOString(), items: table.rows.map(item), total: table.total && item(table.total), ...rest };
}

function field({ key, type }: Column, value: Cell): [string, Cell] {
  if (type === 'duration') return [`${key}_ms`, value];
  return [key, type === 'time' && typeof value === 'number' ? new Date(value).toISOString() : value];
}
