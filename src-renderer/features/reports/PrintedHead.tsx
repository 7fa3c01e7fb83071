import { formatClock, formatDate } from '../../kit/format.ts';
import { useLanguage } from '../../kit/reading.ts';
import styles from './Reports.module.css';
import { useTexts } from './texts.ts';

interface PrintedHeadProps {
  /** what was asked: name, period, filters */
  readonly words: string;
  /** epoch milliseconds: what had happened by then is counted */
  readonly at: number;
  /** IANA name */
  readonly zone: string;
}

/** What stands above a report on paper, where no screen around it says it. */
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
