import { Button } from '@mantine/core';
import { ArrowLeft } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '#kit/layout/Empty.tsx';
import { SkeletonLines } from '#kit/layout/Skeleton.tsx';
import { WideScroll } from '#kit/layout/WideScroll.tsx';
import { printedIn } from '#kit/locale/choose-language.ts';
import { useFormats } from '#kit/locale/locale.ts';
import { openContact } from '#kit/navigation/route.ts';
import { Jobs } from '#kit/notices/Jobs.tsx';
import { readingText } from '#kit/notices/problem-text.ts';
import { GapRow } from '#kit/table/GapRow.tsx';
import table from '#kit/table/table.module.css';
import type { ColumnType, ReportQuery } from '#shared/contract/reports.ts';
import type { CellWriter } from './cells.ts';
import { isNumeric, isShown } from './columns.ts';
import { ExportMenu } from './ExportMenu.tsx';
import { PrintedHead } from './PrintedHead.tsx';
import { paperParts } from './paper.ts';
import styles from './Reports.module.css';
import { Schedules } from './schedules/Schedules.tsx';
import { useTexts } from './texts.ts';
import { useContactPages } from './useContactPages.ts';
import { usePrinting, useRowsOrAll } from './usePrinting.ts';
import { useReady } from './useReady.ts';
import { useWords } from './useWords.ts';

/** Distance in rows from the end at which the next page is fetched. */
const AHEAD = 60;
const WIDTH = 2080; // in px
/** Widths of columns that are divided among pages, in px; others are as wide as a number. */
const PRINTED: { readonly [type in ColumnType]?: number } = { text: 170, code: 140, time: 110 };

/** The contacts behind a number, each of which can be opened. */
export function ContactList({ query, writer, back }: { query: ReportQuery; writer: CellWriter; back: string }) {
  const t = useTexts();
  const { t: common } = useTranslation();
  const { number } = useFormats();
  const scroller = useRef<HTMLDivElement>(null);
  const { first, rows, failure, more, all } = useContactPages(query);
  const isPrinting = usePrinting();
  const { start, end, above, below } = useRowsOrAll(rows.length, scroller);
  const [schedulesShown, showSchedules] = useState(false);
  const isForPaper = printedIn() !== null;
  const [isAllThere, setAllThere] = useState(false);
  useEffect(() => {
    if (isForPaper) void all().then(setAllThere);
  }, [isForPaper, all]);
  useReady(isForPaper ? isAllThere : first !== null);
  const isNearEnd = end > rows.length - AHEAD;
  const { length } = rows;
  useEffect(() => {
    if (isNearEnd && length > 0) void more();
  }, [isNearEnd, length, more]);
  const words = useWords(writer.heading(query.measure), query, writer);
  const columns = (first?.table.columns ?? []).map((column, at) => ({ column, at })).filter(({ column }) => isShown(column, true));
  const parts = isPrinting ? paperParts(columns, ({ column }) => PRINTED[column.type] ?? 96) : [columns];
  const isOfAssignments = query.measure === 'assigned' || query.measure === 'drawn';
  const count = first && { count: first.row_count, n: number(first.row_count) };
  const said = count && (isOfAssignments ? t('assignments_count', count) : t('list_count', count));
  return (
    <>
      <header className={styles.crumbs}>
        <a className={styles.back} href={back}>
          <ArrowLeft size={14} aria-hidden="true" />
          {t('back')}
        </a>
        <h2 className={styles.words}>{words}</h2>
        {said && (
          <span className={styles.dim} role="status" data-testid="list-count">
            {said}
          </span>
        )}
        <Jobs />
        <ExportMenu
          query={query}
          list={{ row_count: first?.row_count ?? 0, all }}
          {...(query.since === undefined && { onSchedule: () => showSchedules(true) })}
        />
      </header>
      <Schedules query={query} writer={writer} shown={schedulesShown} onClose={() => showSchedules(false)} />
      {first && <PrintedHead words={`${words} · ${said}`} at={first.at} zone={first.time_zone} />}
      <WideScroll scroller={scroller} className={styles.body}>
        {failure && (
          <Empty title={t('failed')} action={<Button onClick={() => void more()}>{t('again')}</Button>}>
            {readingText(failure, common)}
          </Empty>
        )}
        {first?.row_count === 0 && <Empty title={t('empty_list')}>{t('empty_text')}</Empty>}
        {!first && !failure && <SkeletonLines />}
        {first &&
          first.row_count > 0 &&
          parts.map((part) => (
            <table
              key={part[1]?.column.key ?? ''}
              className={`${table.table} ${table.spaced} ${styles.table} ${styles.contacts}`}
              style={isPrinting ? undefined : { minWidth: WIDTH }}
              aria-label={words}
              aria-rowcount={first.row_count + 1}
            >
              <thead>
                <tr>
                  {part.map(({ column }) => (
                    <th key={column.key} scope="col" className={isNumeric(column) ? table.number : undefined} data-column={column.key}>
                      {writer.heading(column.key)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                <GapRow height={above} />
                {rows.slice(start, end).map((row, nth) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a contact may appear twice, and rows are only appended
                  <tr key={start + nth} data-row="" data-testid="listed-contact" tabIndex={-1} onDoubleClick={() => openContact(Number(row[0]))}>
                    {part.map(({ column, at }) => {
                      const text = writer.cell(row[at] ?? null, column);
                      return (
                        <td key={column.key} className={isNumeric(column) ? table.number : undefined} title={column.type === 'text' ? text : undefined}>
                          {column.key === 'contact_id' ? (
                            <button
                              type="button"
                              className={table.link}
                              data-open=""
                              aria-label={t('open_contact', { id: text })}
                              onClick={() => openContact(Number(text))}
                            >
                              {text}
                            </button>
                          ) : (
                            text
                          )}
                        </td>
                      );
                    })}
                  </tr>
                ))}
                <GapRow height={below} />
              </tbody>
            </table>
          ))}
      </WideScroll>
    </>
  );
}
