import type { TFunction } from 'i18next';
import { csvFile } from '#kit/files/csv.ts';
import { saveFile } from '#kit/files/save-file.ts';
import { dayOf, formatClock, type Language } from '#kit/locale/format.ts';
import type { Names } from '#kit/locale/told.ts';
import { hostNow } from '#link/host-clock.ts';
import type { AuditEntry } from '#shared/contract/audit.ts';
import { actorText, headline, sentences } from './sentences.ts';

interface Reader {
  readonly language: Language;
  /** of the workspace */
  readonly zone: string | undefined;
}

/**
 * One row per change, with times in the workspace's time zone as in reports (`2026-11-22 09:15:02`).
 * @throws PartMissing
 */
export async function exportAudit(entries: readonly AuditEntry[], names: Names, t: TFunction, { language, zone }: Reader): Promise<void> {
  const head = [t('audit.columns.revision'), t('audit.columns.at'), t('audit.columns.actor'), t('audit.columns.what')];
  const rows = entries.flatMap((entry) => {
    const over = headline(entry, names, t);
    return sentences(entry, names, t).map((what, nth) => [
      entry.changes[nth]?.revision,
      `${dayOf(entry.at, zone)} ${formatClock(entry.at, language, zone)}`,
      actorText(entry, names, t),
      over ? `${over} ${what}` : what,
    ]);
  });
  const csv = await csvFile([head, ...rows], language);
  saveFile(`switchyard-audit-${dayOf(hostNow(), zone)}.csv`, 'text/csv;charset=utf-8', csv);
}
