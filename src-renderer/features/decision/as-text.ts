import type { Decision } from '#shared/contract/entities.ts';
import { explain, hasLines, outcomeText, type Words } from './explain.ts';
import type { Stretch } from './table.ts';

/** The card as plain text, for pasting into an e-mail or a chat. */
export function asText(heading: string, decision: Decision, before: Decision | undefined, laid: readonly Stretch[], words: Words): string {
  const { t, number } = words;
  const { said, because } = explain(decision, before, laid, words);
  const ranges = new Map(laid.map((stretch) => [stretch.operator_id, stretch]));
  const lines = decision.table.map((row) => {
    const range = ranges.get(row.operator_id);
    return [
      row.operator_id === decision.operator_id ? `● ${row.name}` : row.name,
      ...(hasLines(decision) ? [number(row.line)] : []),
      number(row.weight),
      `${row.load} / ${row.max_load}`,
      range ? `${range.from} – ${range.to}` : '–',
      [outcomeText(decision, row, words), range ? words.percent(range.share) : ''].filter(Boolean).join(' '),
    ].join('\t');
  });
  const line = hasLines(decision) ? [t('decision.line')] : [];
  const head = [t('decision.operator'), ...line, t('decision.weight'), t('decision.load'), t('decision.range'), t('decision.outcome')].join('\t');
  const drawn = decision.r === null ? [] : [t('decision.drawn', { r: number(decision.r), sum: number(decision.sum) })];
  return [heading, decision.at, said, ...because, ...drawn, head, ...lines].join('\n');
}
