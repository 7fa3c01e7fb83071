import { Button, FileButton, Modal } from '@mantine/core';
import type { TFunction } from 'i18next';
import { type DragEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dropTarget } from '#kit/board/dragging.ts';
import { csvFile } from '#kit/files/csv.ts';
import { saveFile } from '#kit/files/save-file.ts';
import { formatNumber } from '#kit/locale/format.ts';
import { useLanguage } from '#kit/locale/locale.ts';
import { useNotify } from '#kit/notices/useNotify.ts';
import { useProblem } from '#kit/notices/useProblem.ts';
import { Working } from '#kit/notices/Working.tsx';
import { currentBoard, useCalmBoard } from '#link/board.ts';
import { importOperators } from './calls.ts';
import { ImportRows } from './ImportRows.tsx';
import { foreseen } from './import-preview.ts';
import { type ImportRow, type Read, readTable } from './import-table.ts';
import styles from './Operators.module.css';
import { type FileRead, readFile } from './read-file.ts';

const noRows: readonly ImportRow[] = [];
const nothingLeftOut: ReadonlySet<number> = new Set();

function fileProblem(found: FileRead & { readonly ok: false }, t: TFunction): string {
  return 'line' in found ? t(`import.file.${found.problem}`, { line: found.line }) : t(`import.file.${found.problem}`);
}

export function ImportDialog() {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" data-needs="supervisor" onClick={() => setOpen(true)}>
        {t('import.open')}
      </Button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title={t('import.title')} size={860} closeButtonProps={{ 'aria-label': t('common.close') }}>
        <Importer onDone={() => setOpen(false)} />
      </Modal>
    </>
  );
}

function Importer({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const teller = useNotify();
  const [read, setRead] = useState<{ readonly name: string; readonly result: Read } | null>(null);
  const { problem, setProblem, sayFailure } = useProblem();
  const [busy, setBusy] = useState(false);
  const [leftOut, setLeftOut] = useState(nothingLeftOut); // numbers of rows
  const again = useRef<() => void>(null);
  const take = async (file: File | null) => {
    if (!file) return;
    setLeftOut(nothingLeftOut);
    again.current?.(); // otherwise the same file could not be chosen again after a fix
    setProblem(null);
    setRead(null);
    const found = await readFile(file);
    if (found.ok) setRead({ name: found.sheet === undefined ? file.name : `${file.name} · ${found.sheet}`, result: readTable(found.table, currentBoard()) });
    else setProblem(fileProblem(found, t));
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    void take(event.dataTransfer.files[0] ?? null);
  };
  // anywhere in the dialog: the browser sends a paste to the focused element
  useEffect(() => {
    const onPaste = async (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (text.trim() === '') return;
      event.preventDefault();
      setProblem(null);
      setLeftOut(nothingLeftOut);
      const found = await readFile(new Blob(['\ufeff', text]));
      if (found.ok) setRead({ name: t('import.pasted'), result: readTable(found.table, currentBoard()) });
      else setProblem(fileProblem(found, t));
    };
    const listener = (event: ClipboardEvent) => void onPaste(event);
    document.addEventListener('paste', listener);
    return () => document.removeEventListener('paste', listener);
  }, [setProblem, t]);
  const rows = read?.result.kind === 'read' ? read.result.rows : noRows;
  const board = useCalmBoard();
  const { operators, weights } = board;
  const all = useMemo(() => foreseen(rows, { operators, weights }), [rows, operators, weights]);
  const countOf = (kind: (typeof all)[number]['kind']) => all.filter((one) => one.kind === kind && !leftOut.has(one.row.row)).length;
  const [bad, added, changed, same] = [countOf('wrong'), countOf('new'), countOf('changed'), countOf('same')];
  const said = [
    ...(added > 0 ? [t('import.adds', { count: added, n: formatNumber(added, language) })] : []),
    ...(changed > 0 ? [t('import.changes', { count: changed, n: formatNumber(changed, language) })] : []),
    ...(same > 0 ? [t('import.stays', { count: same, n: formatNumber(same, language) })] : []),
  ].join(', ');
  const foretold = said.charAt(0).toUpperCase() + said.slice(1);
  const save = async () => {
    setBusy(true);
    const outcome = await importOperators(rows.flatMap(({ row, operator }) => (operator && !leftOut.has(row) ? [operator] : [])));
    setBusy(false);
    if (!outcome.ok) return sayFailure(outcome.problem);
    onDone();
    const done = (['added', 'changed'] as const).flatMap((what) => {
      const count = outcome.value[what];
      return count > 0 ? [t(`import.${what}`, { count, n: formatNumber(count, language) })] : [];
    });
    teller.changed(outcome, done.join(' '));
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a drop zone in addition to the button
    <div className={styles.question} {...dropTarget((event) => event.preventDefault())} onDrop={onDrop}>
      <p className={styles.plain}>{t('import.text')}</p>
      <div className={styles.foot}>
        <Button
          variant="subtle"
          className={styles.first ?? ''}
          onClick={() => void saveTemplate(language, t).catch(() => setProblem(t('mishap.missing_text')))}
        >
          {t('import.template')}
        </Button>
        <span className={`${styles.grow} ${styles.file}`} title={read?.name}>
          {read?.name}
        </span>
        <FileButton resetRef={again} onChange={(file) => void take(file)} accept=".csv,.txt,.tsv,.xlsx,.xls,.xml,.htm,.html">
          {(props) => (
            <Button {...props} variant="default">
              {t('import.choose')}
            </Button>
          )}
        </FileButton>
      </div>
      {problem && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
      {read && read.result.kind !== 'read' && (
        <p role="alert" className={styles.problem}>
          {t(`import.table.${read.result.kind}`, { name: 'name' in read.result ? read.result.name : '' })}
        </p>
      )}
      {read?.result.kind === 'read' && (
        <>
          {read.result.unknown.length > 0 && <p className={styles.plain}>{t('import.unknown', { names: read.result.unknown.join(', ') })}</p>}
          {read.result.totals.length > 0 && <p className={styles.plain}>{t('import.totals', { rows: read.result.totals.join(', ') })}</p>}
          <ImportRows all={all} leftOut={leftOut} onLeaveOut={setLeftOut} />
          <div className={styles.foot}>
            {busy && <Working label={t('import.saving')} />}
            <span className={styles.grow} role="status">
              {bad > 0
                ? t('import.bad', { count: bad, n: formatNumber(bad, language) })
                : added + changed > 0
                  ? foretold
                  : t(same > 0 ? 'import.nothing' : 'import.none_taken')}
            </span>
            <Button loading={busy} disabled={bad > 0 || added + changed === 0} onClick={() => void save()}>
              {t('import.save')}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}

/** Template with the recognised columns, the current sources and operators, to be filled in and imported. */
async function saveTemplate(language: 'ru' | 'en', t: TFunction): Promise<void> {
  const { operators, sources, weights } = currentBoard();
  const used = Object.values(sources).filter((source) => !source.is_archived);
  const hasTags = Object.values(operators).some(({ tags, is_archived }) => tags.length > 0 && !is_archived);
  const head = [t('operators.name'), t('operators.limit'), t('import.active'), ...(hasTags ? [t('operators.tags')] : []), ...used.map(({ name }) => name)];
  const rows = Object.values(operators)
    .filter((operator) => !operator.is_archived)
    .map(({ id, name, max_load, is_active, tags }) => [
      name,
      max_load,
      t(is_active ? 'settings.yes' : 'settings.no'),
      ...(hasTags ? [tags.join(', ')] : []),
      ...used.map((source) => weights[source.id]?.[id] ?? ''),
    ]);
  saveFile('switchyard-operators.csv', 'text/csv;charset=utf-8', await csvFile([head, ...rows], language));
}
