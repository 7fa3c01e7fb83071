import { type CSSProperties, type ReactNode, type RefObject, useEffect, useRef } from 'react';
import styles from './WideScroll.module.css';

interface WideScrollProps {
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** class of the frame around the scroller */
  readonly className?: string | undefined;
  readonly style?: CSSProperties | undefined;
  /** `across` for tables, whose rows show by themselves that more follow */
  readonly shows?: 'across' | 'down';
  readonly testId?: string;
  readonly children: ReactNode;
}

/** Scroller with a shadow on each side that has more content, since many systems hide scrollbars. */
export function WideScroll({ scroller, className = '', style, shows = 'across', testId, children }: WideScrollProps) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const [outside, inside] = [frame.current, scroller.current];
    if (!outside || !inside) return;
    const look = () => {
      const { scrollLeft, scrollWidth, clientWidth, scrollTop, scrollHeight, clientHeight } = inside;
      outside.toggleAttribute('data-left', shows === 'across' && scrollLeft > 1);
      outside.toggleAttribute('data-right', shows === 'across' && scrollLeft + clientWidth < scrollWidth - 1);
      outside.toggleAttribute('data-down', shows === 'down' && scrollTop + clientHeight < scrollHeight - 1);
    };
    look();
    const sizes = new ResizeObserver(look);
    const watch = () => {
      sizes.disconnect();
      for (const one of [inside, ...inside.children]) sizes.observe(one);
    };
    watch();
    const parts = new MutationObserver(watch);
    parts.observe(inside, { childList: true });
    inside.addEventListener('scroll', look, { passive: true });
    return () => {
      sizes.disconnect();
      parts.disconnect();
      inside.removeEventListener('scroll', look);
    };
  }, [scroller, shows]);
  return (
    <div ref={frame} className={`${styles.frame} ${className}`} style={style} data-testid={testId}>
      <div ref={scroller} className={styles.scroller}>
        {children}
      </div>
    </div>
  );
}
