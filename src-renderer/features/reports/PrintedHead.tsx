import { formatClock, formatDate } from '#kit/locale/format.ts';
import { useLanguage } from '#kit/locale/locale.ts';
import styles from './Reports.module.css';
import { useTexts } from './texts.ts';

interface PrintedHeadProps {
  /** the query: name, period, filters */
  readonly words: string;
  /** epoch milliseconds: events up to then are counted */
  readonly at: number;
  /** IANA name */
  readonly zone: string;
}

/** Heading of a printed report, which has no screen around it. */
export function PrintedHead({ words, at, zone }: PrintedHeadProps) {
  const t = useTexts();
  const language = useLanguage();
  const time = `${formatDate(at, language, zone)}, ${formatClock(at, language, zone)}`;
  return (
    <header className={styles.printed}>
      <h2>{words}</h2>
      <p>{t('printed', { time, zone })}</p>
    </header>
  );
}
