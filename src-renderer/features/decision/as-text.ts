import type { TFunction } from 'i18next';
import type { Decision } from '#shared/contract/entities.ts';
import type { Stretch } from './table.ts';

interface Reading {
  readonly t: TFunction;
  readonly number: (value: number) => string;
  readonly percent: (share: number) => string;
}

/** The card as plain text, to be pasted into a letter or a chat. */
export function asText(heading: string, decision: Decision, laid: readonly Stretch[], { t, number, percent }: Reading): string {
  const ranges = new Map(laid.map((stretch) => [stretch.operator_id, stretch]));
  const lines = decision.table.map((row) => {
    const range = decision.kind === 'manual' ? undefined : ranges.get(row.operator_id);
    return [
      row.operator_id === decision.operator_id ? `● ${row.name}` : row.name,
      number(row.weight),
      `${row.load} / ${row.max_load}`,
      range ? `${range.from} – ${range.to}` : '–',
      [
        row.operator_id === decision.operator_id ? t('decision.chosen') : '',
        range ? percent(range.share) : '',
        row.passed_over ? t(`passed.${row.passed_over}`) : '',
      ]
        .filter(Boolean)
        .join(' '),
    ].join('\t');
  });
  const head = [t('decision.operator'), t('decision.weight'), t('decision.load'), t('decision.range'), t('decision.outcome')].join('\t');
  const drawn = decision.r === null ? [] : [t('decision.drawn', { r: number(decision.r), sum: number(decision.sum) })];
  return [heading, decision.at, t(`kinds.${decision.kind}`), ...drawn, head, ...lines].join('\n');
}
