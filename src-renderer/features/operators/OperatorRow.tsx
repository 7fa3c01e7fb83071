import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { LoadBar } from '#kit/board/LoadBar.tsx';
import { checkMaxLoad, checkName } from '#kit/fields/checks.ts';
import { EditableCell } from '#kit/fields/EditableCell.tsx';
import { useFormats } from '#kit/locale/locale.ts';
import { useNotify } from '#kit/notices/useNotify.ts';
import { MarkCell } from '#kit/table/MarkBox.tsx';
import marks from '#kit/table/Marks.module.css';
import table from '#kit/table/table.module.css';
import { useBoard } from '#link/board.ts';
import { TAGS_MAX } from '#shared/contract/entities.ts';
import { ActivityMenu } from './ActivityMenu.tsx';
import { archiveOperator, updateOperator } from './calls.ts';
import { goTo, mark, useMarks } from './marks.ts';
import styles from './Operators.module.css';

const tagsIn = (text: string): string[] => text.split(',').flatMap((one) => one.trim() || []);

interface OperatorRowProps {
  readonly id: number;
  /** all rows shown, in order */
  readonly ids: () => readonly number[];
}

export const OperatorRow = memo(function OperatorRow({ id, ids }: OperatorRowProps) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const teller = useNotify();
  const operator = useBoard((board) => board.operators[id]);
  const isMarked = useMarks((state) => state.marked.has(id));
  const isCurrent = useMarks((state) => state.current === id);
  const sources = useBoard(
    (board) =>
      Object.entries(board.weights).filter(([source_id, pairs]) => pairs[id] !== undefined && board.sources[Number(source_id)]?.is_archived === false).length,
  );
  if (!operator) return null;
  const { name, max_load, load, tags } = operator;
  const patch = async (change: Parameters<typeof updateOperator>[1]) => {
    const outcome = await updateOperator(id, change);
    if (outcome.ok && outcome.step !== undefined) teller.changed(outcome, t('operators.saved', { name: change.name ?? name }));
    return outcome;
  };
  const archive = async () => teller.changed(await archiveOperator(id), t('operators.now_archived', { name }));
  return (
    <tr
      data-row=""
      data-current={isCurrent || undefined}
      data-marked={isMarked || undefined}
      className={marks.row}
      tabIndex={-1}
      data-testid={`operator-${id}`}
      onFocus={() => goTo(id)}
    >
      <MarkCell className={table.free} label={t('operators.mark', { name })} isMarked={isMarked} onMark={(on, through) => mark(id, on, ids(), through)} />
      <td className={table.free}>
        <EditableCell
          id={`operator-${id}-name`}
          value={name}
          label={t('operators.name')}
          check={(text) => checkName(text, t)}
          onSave={(text) => patch({ name: text })}
        />
      </td>
      <td className={`${table.number} ${table.free}`}>
        <EditableCell
          id={`operator-${id}-max_load`}
          value={String(max_load)}
          label={t('operators.limit_of', { name })}
          align="right"
          check={(text) => checkMaxLoad(text, t)}
          onSave={(text) => patch({ max_load: Number(text) })}
        />
      </td>
      <td className={table.free}>
        <EditableCell
          id={`operator-${id}-tags`}
          value={tags.join(', ')}
          none={t('operators.tags_none')}
          label={t('operators.tags_of', { name })}
          check={(text) => (tagsIn(text).length > TAGS_MAX ? t('checks.too_many_tags', { max: TAGS_MAX }) : null)}
          onSave={(text) => patch({ tags: tagsIn(text) })}
        />
      </td>
      <td>
        <LoadBar load={load} max={max_load} />
      </td>
      <td>
        <ActivityMenu id={id} />
      </td>
      <td className={`${table.number} ${table.dim}`}>{sources === 0 ? <span className={styles.warn}>{t('operators.no_sources')}</span> : number(sources)}</td>
      <td className={table.number}>
        <button type="button" data-needs="supervisor" className={table.link} aria-label={t('operators.archive_of', { name })} onClick={() => void archive()}>
          {t('common.archive')}
        </button>
      </td>
    </tr>
  );
});
