import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './Welcome.module.css';

interface StepItemProps {
  readonly number: number;
  readonly title: string;
  readonly text: string;
  readonly state: 'done' | 'now' | 'later';
  readonly children: ReactNode;
}

/** One of the first steps; its form is shown only when its turn comes. */
export function StepItem({ number, title, text, state, children }: StepItemProps) {
  return (
    <li className={styles.step} data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
      <span className={styles.mark} aria-hidden="true">
        {state === 'done' ? <Check size={14} strokeWidth={3} /> : number}
      </span>
      <div className={styles.body}>
        <b>{title}</b>
        {state !== 'done' && <p>{text}</p>}
        {state === 'now' && children}
      </div>
    </li>
  );
}
