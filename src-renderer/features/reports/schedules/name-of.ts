import type { Language } from '#kit/locale/format.ts';
import type { Schedule } from '#shared/contract/scheduled-exports.ts';
import { reportTexts } from '#shared/report-texts.ts';

/** `Сводка, источники`, `Обращения, ждали`. */
export function nameOf({ report, group_by, measure }: Schedule['question'], language: Language): string {
  const { reports, groupings, columns } = reportTexts[language];
  const which = report === 'summary' ? groupings[group_by] : report === 'contacts' ? columns[measure].toLocaleLowerCase(language) : null;
  return which === null ? reports[report] : `${reports[report]}, ${which}`;
}
