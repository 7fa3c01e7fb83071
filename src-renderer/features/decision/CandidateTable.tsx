import { Scrollable } from '#kit/layout/Scrollable.tsx';
import table from '#kit/table/table.module.css';
import type { Decision } from '#shared/contract/entities.ts';
import styles from './Decision.module.css';
import { hasLines, outcomeText, type Words } from './explain.ts';
import type { Stretch } from './table.ts';

/** Scrolls a row of a long table into view without moving the card. */
function showRow(row: HTMLTableRowElement | null): void {
  const scroller = row?.closest('section');
  if (!row || !scroller) return;
  const below = row.offsetTop + 2 * row.offsetHeight - scroller.clientHeight; // plus one more row, to show that there are others
  if (below > 0) scroller.scrollTop = below;
}

/** Everyone with a competence for the source, with the chance each had or why there was none. */
export function CandidateTable({ decision, laid, words }: { decision: Decision; laid: readonly Stretch[]; words: Words }) {
  const { t, number, percent } = words;
  const isInLines = hasLines(decision);
  const ranges = new Map(laid.map((stretch) => [stretch.operator_id, stretch]));
  return (
    <Scrollable label={t('decision.candidates')} className={styles.scroller}>
      <table className={table.table}>
        <colgroup>
          <col />
          {isInLines && <col className={styles['col-line']} />}
          <col className={styles['col-weight']} />
          <col className={styles['col-load']} />
          <col className={styles['col-range']} />
          <col className={styles['col-outcome']} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">{t('decision.operator')}</th>
            {isInLines && (
              <th scope="col" className={table.number}>
                {t('decision.line')}
              </th>
            )}
            <th scope="col" className={table.number}>
              {t('decision.weight')}
            </th>
            <th scope="col" className={table.number}>
              {t('decision.load')}
            </th>
            <th scope="col" className={table.number}>
              {t('decision.range')}
            </th>
            <th scope="col" className={styles.outcome}>
              {t('decision.outcome')}
            </th>
          </tr>
        </thead>
        <tbody>
          {decision.table.map((row) => {
            const range = ranges.get(row.operator_id);
            const chosen = row.operator_id === decision.operator_id;
            const outcome = outcomeText(decision, row, words);
            return (
              <tr
                key={row.operator_id}
                ref={chosen ? showRow : undefined}
                className={styles.candidate}
                data-chosen={chosen || undefined}
                data-passed={row.passed_over ? '' : undefined}
              >
                <td title={row.name}>
                  <bdi>{row.name}</bdi>
                </td>
                {isInLines && <td className={table.number}>{row.line}</td>}
                <td className={table.number}>{number(row.weight)}</td>
                <td className={table.number}>{`${row.load} / ${row.max_load}`}</td>
                <td className={table.number}>{range ? `${number(range.from)} – ${number(range.to)}` : '–'}</td>
                <td>
                  {outcome && <span className={chosen ? styles.chosen : styles.passed}>{chosen ? `● ${outcome}` : outcome}</span>}
                  {range && <span>{percent(range.share)}</span>}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scrollable>
  );
}
