import type { TFunction } from 'i18next';
import type { AuditEntry } from '#shared/contract/audit.ts';
import { part } from '../../kit/later.tsx';
import { saveFile } from '../../kit/save-file.ts';
import { actorText, headline, type Names, sentences } from './sentences.ts';

/** One row a change. As a spreadsheet opens it by itself: with a byte order mark, formulas as text, and the separator of the reader's language. @throws PartMissing */
export async function exportAudit(entries: readonly AuditEntry[], names: Names, t: TFunction, delimiter: ';' | ','): Promise<void> {
  const { stringify } = await part(() => import('csv-stringify/browser/esm/sync'));
  const head = [t('audit.columns.revision'), t('audit.columns.at'), t('audit.columns.actor'), t('audit.columns.what')];
  const rows = entries.flatMap((entry) => {
    const over = headline(entry, t);
    return sentences(entry, names, t).map((what, nth) => [
      entry.changes[nth]?.revision,
      new Date(entry.at).toISOString(),
      actorText(entry.actor, names, t),
      over ? `${over} ${what}` : what,
    ]);
  });
  const csv = stringify([head, ...rows], { delimiter, record_delimiter: '\r\n', escape_formulas: true, bom: true });
  saveFile(`switchyard-audit-${new Date().toISOString().slice(0, 10)}.csv`, 'text/csv;charset=utf-8', csv);
}
