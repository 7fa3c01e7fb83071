import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmButton } from '../../kit/ConfirmButton.tsx';
import { checkMaxLoad, checkName } from '../../kit/checks.ts';
import { EditableCell } from '../../kit/EditableCell.tsx';
import { LoadBar } from '../../kit/LoadBar.tsx';
import { useFormats } from '../../kit/reading.ts';
import table from '../../kit/table.module.css';
import { useTeller } from '../../kit/tell.ts';
import { useBoard } from '../../link/board.ts';
import { archiveOperator, updateOperator } from './calls.ts';
import styles from './Operators.module.css';

export const OperatorRow = memo(function OperatorRow({ id }: { id: number }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const teller = useTeller();
  const operator = useBoard((board) => board.operators[id]);
  const sources = useBoard(
    (board) =>
      Object.entries(board.weights).filter(([source_id, pairs]) => pairs[id] !== undefined && board.sources[Number(source_id)]?.is_archived === false).length,
  );
  if (!operator) return null;
  const { name, max_load, load, is_active } = operator;
  const patch = async (change: Parameters<typeof updateOperator>[1]) => teller.valueIn(await updateOperator(id, change));
  const archive = async () => {
    if (teller.valueIn(await archiveOperator(id))) teller.done(t('operators.now_archived', { name }));
  };
  return (
    <tr data-row="" tabIndex={-1} data-testid={`operator-${id}`}>
      <td className={table.free}>
        <EditableCell value={name} label={t('operators.name')} check={(text) => checkName(text, t)} onCommit={(text) => void patch({ name: text })} />
      </td>
      <td className={`${table.number} ${table.free}`}>
        <EditableCell
          value={String(max_load)}
          label={t('operators.limit_of', { name })}
          align="right"
          check={(text) => checkMaxLoad(text, t)}
          onCommit={(text) => void patch({ max_load: Number(text) })}
        />
      </td>
      <td>
        <LoadBar load={load} max={max_load} />
      </td>
      <td className={is_active ? '' : table.dim}>{is_active ? t('live.on') : t('live.off')}</td>
      <td className={`${table.number} ${table.dim}`}>{sources === 0 ? <span className={styles.warn}>{t('operators.no_sources')}</span> : number(sources)}</td>
      <td className={table.number}>
        <ConfirmButton name={t('operators.archive_of', { name })} className={table.link} onConfirm={() => void archive()}>
          {t('common.archive')}
        </ConfirmButton>
      </td>
    </tr>
  );
});
