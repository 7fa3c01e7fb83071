import { ToneMark } from '#kit/board/ToneMark.tsx';
import type { ShownFigure } from '#kit/board/useFigures.ts';
import styles from './Pulse.module.css';

/** One figure of the pulse. Past its threshold it turns bold and gets a mark, not only a colour. */
export function Figure({ figure }: { figure: Omit<ShownFigure, 'name'> & { readonly name: ShownFigure['name'] | 'refused' } }) {
  const { name, value, aside, label, target, tone, href } = figure;
  return (
    <a className={styles.figure} href={href} data-tone={tone} data-figure={name} data-testid={`pulse-${name}`}>
      <span className={styles.line}>
        <span className={styles.value}>{value}</span>
        <ToneMark tone={tone} />
        {aside && <span className={styles.aside}>{aside}</span>}
      </span>
      <span className={styles.label}>
        {label}
        {target && <span className={styles.target}>{` · ${target}`}</span>}
      </span>
    </a>
  );
}
