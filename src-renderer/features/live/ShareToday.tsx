import { useFormats } from '#kit/locale/locale.ts';
import { useToday } from '#link/today.ts';
import styles from './Operators.module.css';

/** The operator's share of today's draws, and the share expected from weights and free slots. */
export function ShareToday({ operator_id }: { operator_id: number }) {
  const { t, percent, number } = useFormats();
  const draws = useToday((state) => state.today?.draws ?? 0);
  const part = useToday((state) => state.drawn.get(operator_id));
  if (!part || draws === 0) return '–';
  const { drawn, expected, variance } = part;
  const round = (value: number) => number(Math.round(value * 10) / 10);
  return (
    <span title={t('live.share_means', { drawn: number(drawn), draws: number(draws), expected: round(expected), spread: round(2 * Math.sqrt(variance)) })}>
      {percent(drawn / draws)}
      <span className={styles.expected}>{` / ${percent(expected / draws)}`}</span>
    </span>
  );
}
