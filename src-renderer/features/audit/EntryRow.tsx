import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClock } from '#kit/locale/clock.ts';
import { formatMoment } from '#kit/locale/format.ts';
import { useFormats } from '#kit/locale/locale.ts';
import type { Names } from '#kit/locale/told.ts';
import { useNotify } from '#kit/notices/useNotify.ts';
import table from '#kit/table/table.module.css';
import { undoChange } from '#link/undo.ts';
import type { AuditEntry } from '#shared/contract/audit.ts';
import styles from './Audit.module.css';
import { actorText, headline, isTogether, sentences } from './sentences.ts';

/** Number of changes of a step shown before the others are unfolded. */
const TOLD = 3;
/** Weights shown for each of them. */
const WEIGHTS_TOLD = 8;

export const EntryRow = memo(function EntryRow({ entry, names, onUndone }: { entry: AuditEntry; names: Names; onUndone: () => void }) {
  const { t } = useTranslation();
  const { language, zone } = useFormats();
  const teller = useNotify();
  const [isOpen, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const moment = useClock((now) => formatMoment(entry.at, now, language, zone));
  const all = sentences(entry, names, t);
  const over = headline(entry, names, t);
  const brief = isTogether(entry) ? [] : sentences(entry, names, t, WEIGHTS_TOLD).slice(0, TOLD);
  const shown = isOpen ? all : brief;
  const isCut = all.length > brief.length || brief.some((words, nth) => words !== all[nth]);
  const undo = async () => {
    setBusy(true);
    teller.undone(await undoChange(entry.revision));
    setBusy(false);
    onUndone();
  };
  return (
    <tr data-row="" tabIndex={-1} data-testid={`entry-${entry.revision}`}>
      <td className={styles.at}>{moment}</td>
      <td className={styles.actor}>{actorText(entry, names, t)}</td>
      <td className={styles.what}>
        {over && <span className={styles.over}>{over}</span>}
        {shown.map((words, nth) => (
          <span key={entry.changes[nth]?.revision} className={styles.sentence}>
            {words}
          </span>
        ))}
        {isCut && (
          <button type="button" className={`${table.link} ${styles.fold}`} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen
              ? t('audit.fold')
              : all.length > TOLD && brief.length > 0
                ? t('audit.unfold', { count: all.length - brief.length })
                : t('audit.unfold_rest')}
          </button>
        )}
      </td>
      <td className={table.number}>
        {entry.is_undoable && (
          <button type="button" className={table.link} disabled={busy} aria-label={t('audit.undo_of', { what: brief[0] ?? over })} onClick={() => void undo()}>
            {t('common.undo')}
          </button>
        )}
      </td>
    </tr>
  );
});
