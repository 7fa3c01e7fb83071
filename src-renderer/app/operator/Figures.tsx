import { useFormats } from '#kit/locale/locale.ts';
import { useOwn } from '#link/own-page.ts';
import styles from './OperatorPage.module.css';

/** The operator's own figures of the day: how many, what share of the draws, and whether that is more than chance. */
export function Figures() {
  const { t, number, percent } = useFormats();
  const figures = useOwn((state) => state.figures);
  if (!figures) return null;
  const { assigned, draws, drawn, expected, spread } = figures;
  const round = (value: number) => number(Math.round(value * 10) / 10);
  const luck = drawn > expected + spread ? 'more' : drawn < expected - spread ? 'fewer' : 'as_expected';
  return (
    <section className={styles.figures} aria-label={t('own.today')}>
      <h2 className={styles.heading}>{t('own.today')}</h2>
      <p>{t('own.assigned', { count: assigned })}</p>
      {draws > 0 && expected > 0 && (
        <p className={styles.quiet}>
          {t('own.share', { share: percent(drawn / draws), expected: percent(expected / draws) })}{' '}
          {t(`own.luck.${luck}`, { drawn: number(drawn), expected: round(expected), spread: round(spread) })}
        </p>
      )}
    </section>
  );
}
