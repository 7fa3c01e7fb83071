import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Lasting } from '#kit/locale/Ago.tsx';
import { useFormats } from '#kit/locale/locale.ts';
import { hostNow } from '#link/host-clock.ts';
import { useLate } from './useLate.ts';
import styles from './Working.module.css';

interface WorkingProps {
  /** the operation */
  readonly label: string;
  /** start time; defaults to when this was first shown */
  readonly since?: number;
  /** progress, if known */
  readonly done?: number;
  readonly of?: number;
}

/** Progress of a long operation: what it is, how far it has come, and for how long it has run. */
export function Working({ label, since, done, of }: WorkingProps) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const shown = useLate();
  const [first] = useState(hostNow);
  const isCounted = done !== undefined && of !== undefined;
  if (!shown) return null;
  return (
    <span className={styles.root}>
      <progress aria-label={label} {...(isCounted && { value: done, max: of })} />
      <span role="status">
        {label}
        {isCounted && ` ${t('work.so_far', { done: number(done), of: number(of) })}`}
      </span>
      <span className={styles.since} aria-hidden="true">
        <Lasting since={since ?? first} />
      </span>
    </span>
  );
}
