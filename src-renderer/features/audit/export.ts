import type { TFunction } from 'i18next';
import type { AuditEntry } from '#shared/contract/audit.ts';
import { defused } from '#shared/csv-text.ts';
import { dayOf, formatClock, type Language } from '../../kit/format.ts';
import { part } from '../../kit/later.tsx';
import { saveFile } from '../../kit/save-file.ts';
import { hostNow } from '../../link/host-clock.ts';
import { actorText, headline, type Names, sentences } from './sentences.ts';

/** Spreadsheets of a language open it by themselves only with this one. */
const SEPARATOR: Readonly<Record<Language, string>> = { ru: ';', en: ',' };

interface Reader {
  readonly language: Language;
  /** of the workspace */
  readonly zone: string | undefined;
}

/**
 * One row a change. As a spreadsheet opens it by itself: with a byte order mark, text in quotes and none of it a formula, times on the workspace's clock as reports have them
 * (`2026-11-22 09:15:02`), and the separator of the reader's language.
 * @throws PartMissing
 */
export async function exportAudit(entries: readonly AuditEntry[], names: Names, t: TFunction, { language, zone }: Reader): Promise<void> {
  const { stringify } = await part(() => import('csv-stringify/browser/esm/sync'));
  const head = [t('audit.columns.revision'), t('audit.columns.at'), t('audit.columns.actor'), t('audit.columns.what')];
  const rows = entries.flatMap((entry) => {
    const over = headline(entry, t);
    return sentences(entry, names, t).map((what, nth) => [
      entry.changes[nth]?.revision,
      `${dayOf(entry.at, zone)} ${formatClock(entry.at, language, zone)}`,
      actorText(entry.actor, names, t),
      over ? `${over} ${what}` : what,
    ]);
  });
  const csv = stringify([head, ...rows.map((row) => row.map((cell) => (typeof cell === 'string' ? defused(cell) : cell)))], {
    delimiter: SEPARATOR[language],
    record_delimiter: '\r\n',
    quoted_string: true,
    bom: true,
  });
  saveFile(`switchyard-audit-${dayOf(hostNow(), zone)}.csv`, 'text/csv;charset=utf-8', csv);
}
