import { CircleAlert, TriangleAlert } from 'lucide-react';
import { hashOf, type Screen } from '../kit/route.ts';
import type { Tone } from '../kit/thresholds.ts';
import styles from './Pulse.module.css';

interface FigureProps {
  /** the screen of its cause */
  readonly to: Screen;
  readonly value: string;
  readonly label: string;
  readonly note: string;
  readonly tone: Tone;
  readonly testId: string;
}

/** One number of the pulse. Past its threshold it gets weight and a mark, not only colour. */
export function Figure({ to, value, label, note, tone, testId }: FigureProps) {
  const Mark = tone === 'bad' ? CircleAlert : TriangleAlert;
  return (
    <a className={styles.figure} href={hashOf(to)} data-tone={tone} data-testid={testId}>
      <span className={styles.value}>
        {value}
        {tone !== 'calm' && <Mark size={14} strokeWidth={2.25} aria-hidden="true" />}
      </span>
      <span className={styles.label}>
        {label}
        {note && <span className={styles.note}>{` · ${note}`}</span>}
      </span>
    </a>
  );
}
