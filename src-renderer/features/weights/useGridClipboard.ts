import type { TFunction } from 'i18next';
import { type RefObject, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useNotify } from '#kit/notices/useNotify.ts';
import { currentBoard } from '#link/board.ts';
import type { Board } from '#shared/board.ts';
import { MAX_WEIGHT } from '#shared/distribution/table.ts';
import { nameKey } from '#shared/plain-text.ts';
import { type Names, paste, type Refused, toText } from './clipboard.ts';
import type { Cell } from './grid.ts';
import { edit, editArea, selectArea, useWeights } from './store.ts';

/** Copies, cuts and pastes the selection of the grid while it has the focus. @param weightOf the displayed weight */
export function useGridClipboard(grid: RefObject<HTMLTableElement | null>, weightOf: (cell: Cell) => number | null): void {
  const { t } = useTranslation();
  const notify = useNotify();
  // Chromium sends clipboard events to the text selection or the body, not to the focused cell
  useEffect(() => {
    const isMine = () => grid.current?.contains(document.activeElement) === true && useWeights.getState().typed === null;
    const onCopy = (event: ClipboardEvent) => {
      const { area, order } = useWeights.getState();
      if (!area || !isMine()) return;
      event.preventDefault();
      event.clipboardData?.setData('text/plain', toText(area, order, weightOf));
      if (event.type !== 'cut') return;
      editArea(area, null);
    };
    const onPaste = (event: ClipboardEvent) => {
      const { area, order } = useWeights.getState();
      if (!area || !isMine()) return;
      event.preventDefault();
      const result = paste(event.clipboardData?.getData('text/plain') ?? '', area, order, namesOf(currentBoard()));
      if ('puts' in result) {
        edit(result.puts);
        if (result.area) selectArea(result.area);
      } else notify.refused(refusalText(result.refused, t), 'paste');
    };
    document.addEventListener('copy', onCopy);
    document.addEventListener('cut', onCopy);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('copy', onCopy);
      document.removeEventListener('cut', onCopy);
      document.removeEventListener('paste', onPaste);
    };
  }, [grid, weightOf, notify, t]);
}

/** Finds operators and sources by names that look the same. */
function namesOf({ operators, sources }: Pick<Board, 'operators' | 'sources'>): Names {
  const ids = (all: Readonly<Record<number, { readonly id: number; readonly name: string; readonly is_archived: boolean }>>) =>
    new Map(Object.values(all).flatMap(({ id, name, is_archived }) => (is_archived ? [] : [[nameKey(name), id] as const])));
  const [operatorIds, sourceIds] = [ids(operators), ids(sources)];
  return { operatorOf: (name) => operatorIds.get(nameKey(name)), sourceOf: (name) => sourceIds.get(nameKey(name)) };
}

function refusalText(refused: Refused, t: TFunction): string {
  if (refused.kind === 'too_large') {
    const { rows, columns, free_rows, free_columns } = refused;
    return t('weights.paste_too_large', { size: `${rows} × ${columns}`, free: `${free_rows} × ${free_columns}` });
  }
  const { operators, sources } = currentBoard();
  const named = refused.cells.map((cell) =>
    t('weights.paste_bad_cell', {
      operator: operators[cell.operator_id]?.name ?? '',
      source: sources[cell.source_id]?.name ?? '',
      text: cell.text.slice(0, 30),
    }),
  );
  const rest = refused.count - refused.cells.length;
  return `${t('weights.paste_bad', { max: MAX_WEIGHT })} ${named.join('; ')}${rest > 0 ? ` ${t('weights.paste_more', { count: rest })}` : ''}`;
}
