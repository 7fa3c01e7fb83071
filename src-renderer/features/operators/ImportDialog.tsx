import { Button, FileButton, Modal } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../kit/format.ts';
import { part } from '../../kit/later.tsx';
import { useLanguage } from '../../kit/reading.ts';
import { Scrollable } from '../../kit/Scrollable.tsx';
import { saveFile } from '../../kit/save-file.ts';
import table from '../../kit/table.module.css';
import { useTeller } from '../../kit/tell.ts';
import { useProblem } from '../../kit/useProblem.ts';
import { Working } from '../../kit/Working.tsx';
import { currentBoard } from '../../link/board.ts';
import { importOperators } from './calls.ts';
import { type ImportRow, type Read, readTable } from './import-table.ts';
import styles from './Operators.module.css';
import { readFile } from './read-file.ts';

/** So many rows are shown; those that are wrong first. */
const SHOWN = 200;

export function ImportDialog() {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t('import.open')}
      </Button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title={t('import.title')} size={720} closeButtonProps={{ 'aria-label': t('common.close') }}>
        <Importer onDone={() => setOpen(false)} />
      </Modal>
    </>
  );
}

function Importer({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const teller = useTeller();
  const [read, setRead] = useState<{ readonly name: string; readonly result: Read } | null>(null);
  const { problem, setProblem, sayFailure } = useProblem();
  const [busy, setBusy] = useState(false);
  const take = async (file: File | null) => {
    if (!file) return;
    setProblem(null);
    setRead(null);
    const found = await readFile(file);
    if (found.ok) setRead({ name: file.name, result: readTable(found.table, currentBoard()) });
    else setProblem(t(`import.file.${found.problem}`));
  };
  const rows = read?.result.kind === 'read' ? read.result.rows : [];
  const good = rows.flatMap(({ operator }) => (operator ? [operator] : []));
  const bad = rows.length - good.length;
  const save = async () => {
    setBusy(true);
    const outcome = await importOperators(good);
    setBusy(false);
    if (!outcome.ok) return sayFailure(outcome.problem);
    onDone();
    teller.changed(
      outcome,
      t('import.done', { added: t('import.added', { count: outcome.value.added }), changed: t('import.changed', { count: outcome.value.changed }) }),
    );
  };
  return (
    <div className={styles.question}>
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
        <FileButton onChange={(file) => void take(file)} accept=".csv,.txt,.tsv,.xlsx">
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
          {t(`import.table.${read.result.kind}`)}
        </p>
      )}
      {read?.result.kind === 'read' && (
        <>
          {read.result.unknown.length > 0 && <p className={styles.plain}>{t('import.unknown', { names: read.result.unknown.join(', ') })}</p>}
          <Rows rows={rows} />
          <div className={styles.foot}>
            {busy && <Working label={t('import.saving')} />}
            <span className={styles.grow} role="status">
              {bad > 0
                ? t('import.bad', { count: bad, n: formatNumber(bad, language) })
                : t('import.good', { count: good.length, n: formatNumber(good.length, language) })}
            </span>
            <Button loading={busy} disabled={bad > 0} onClick={() => void save()}>
              {t('import.save')}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}

function Rows({ rows }: { rows: readonly ImportRow[] }) {
  const { t } = useTranslation();
  const wrongFirst = rows.toSorted((a, b) => Number(b.problems.length > 0) - Number(a.problems.length > 0) || a.row - b.row);
  const said = (row: ImportRow): string =>
    row.problems.length > 0
      ? row.problems.map((one) => t(`import.problems.${one.kind}`, { text: one.text, source: 'source' in one ? one.source : '' })).join('; ')
      : t(row.isNew ? 'import.is_new' : 'import.is_known');
  return (
    <Scrollable className={styles.rows} label={t('import.preview')}>
      <table className={`${table.table} ${styles.import}`}>
        <thead>
          <tr>
            <th scope="col" className={table.number}>
              {t('import.row')}
            </th>
            <th scope="col">{t('operators.name')}</th>
            <th scope="col">{t('import.what')}</th>
          </tr>
        </thead>
        <tbody>
          {wrongFirst.slice(0, SHOWN).map((row) => (
            <tr key={row.row}>
              <td className={table.number}>{row.row}</td>
              <td>{row.name}</td>
              <td className={row.problems.length > 0 ? styles.problem : table.dim}>{said(row)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrollable>
  );
}

/** The head that is understood, with the sources of now, and those who are there: to be filled in and handed back. */
async function saveTemplate(language: 'ru' | 'en', t: TFunction): Promise<void> {
  const { stringify } = await part(() => import('csv-stringify/browser/esm/sync'));
  const { operators, sources, weights } = currentBoard();
  const used = Object.values(sources).filter((source) => !source.is_archived);
  const head = [t('operators.name'), t('operators.limit'), t('import.active'), ...used.map(({ name }) => name)];
  const rows = Object.values(operators)
    .filter((operator) => !operator.is_archived)
    .map(({ id, name, max_load, is_active }) => [
      name,
      max_load,
      t(is_active ? 'settings.yes' : 'settings.no'),
      ...used.map((source) => weights[source.id]?.[id] ?? ''),
    ]);
  const csv = stringify([head, ...rows], { delimiter: language === 'ru' ? ';' : ',', record_delimiter: '\r\n', escape_formulas: true, bom: true });
  saveFile('switchyard-operators.csv', 'text/csv;charset=utf-8', csv);
}
