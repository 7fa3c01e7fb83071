import { type ReactNode, type RefObject, useId } from 'react';
import styles from './Panel.module.css';

interface PanelProps {
  readonly title: ReactNode;
  readonly aside?: ReactNode;
  /** fixed above and below the scrolling content */
  readonly head?: ReactNode;
  readonly foot?: ReactNode;
  readonly children: ReactNode;
  readonly scroller?: RefObject<HTMLDivElement | null>;
  readonly className?: string | undefined;
  readonly testId?: string;
}

/** A titled part of a screen whose content scrolls inside it. */
export function Panel({ title, aside, head, foot, children, scroller, className, testId }: PanelProps) {
  const id = useId();
  return (
    <section className={`${styles.root} ${className ?? ''}`} aria-labelledby={id} data-testid={testId}>
      <header className={styles.head}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        {aside}
      </header>
      {head}
      <div className={styles.body} ref={scroller}>
        {children}
      </div>
      {foot && <footer className={styles.foot}>{foot}</footer>}
    </section>
  );
}
