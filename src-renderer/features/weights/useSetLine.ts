import type { TFunction } from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useNotify } from '#kit/notices/useNotify.ts';
import { attempt } from '#link/attempt.ts';
import { currentBoard, untilShown } from '#link/board.ts';
import { client } from '#link/client.ts';
import type { Board } from '#shared/board.ts';
import { type Area, type Cell, flatIn, type Order } from './grid.ts';
import { useWeights } from './store.ts';

/** The competences in the selection. A line belongs to a competence, so cells whose weight is not applied yet have none. */
const competencesIn = ({ weights }: Pick<Board, 'weights'>, area: Area, order: Order) =>
  flatIn(area, order).filter(({ source_id, operator_id }) => weights[source_id]?.[operator_id] !== undefined);

function saidOf(cells: readonly Cell[], line: number, t: TFunction): string {
  const [only, ...others] = cells;
  if (!only || others.length > 0) return t('weights.line_set', { count: cells.length, line });
  const { operators, sources } = currentBoard();
  return t('weights.line_set_single', { operator: operators[only.operator_id]?.name ?? '', source: sources[only.source_id]?.name ?? '', line });
}

/** Returns a function that puts the selected competences on a line at once, in one step that can be undone. */
export function useSetLine(): (line: number) => void {
  const { t } = useTranslation();
  const notify = useNotify();
  return useCallback(
    (line) => {
      const { area, order } = useWeights.getState();
      const competences = area ? competencesIn(currentBoard(), area, order) : [];
      if (competences.length === 0) return notify.refused(t('weights.line_of_none'), 'line');
      const put = async () => {
        const outcome = await attempt((signal) => client.setLine.mutate({ competences, line }, { signal }));
        await untilShown(outcome);
        notify.changed(outcome, saidOf(competences, line, t), 'line');
      };
      void put();
    },
    [notify, t],
  );
}
