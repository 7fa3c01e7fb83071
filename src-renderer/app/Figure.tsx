import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { ToneMark } from '#kit/board/ToneMark.tsx';
import type { ShownFigure } from '#kit/board/useFigures.ts';
import styles from './Pulse.module.css';

/** One figure of the pulse. Past its threshold its whole segment is outlined or filled, with a mark and a word. */
export function Figure({ figure }: { figure: Omit<ShownFigure, 'name'> & { readonly name: ShownFigure['name'] | 'refused' | 'silent' } }) {
  const { t } = useTranslation();
  const { name, value, aside, label, target, tone, href } = figure;
  return (
    <a
      className={styles.figure}
      href={href}
      data-tone={tone}
      data-figure={name}
      title={[label, aside, target].filter(Boolean).join(' · ')}
      data-testid={`pulse-${name}`}
    >
      <span className={styles.value} style={{ '--characters': value.length } as CSSProperties}>
        {value}
      </span>
      <span className={styles.label}>
        {tone !== 'calm' && <ToneMark tone={tone} />}
        <span>{label}</span>
        {tone !== 'calm' && <strong aria-hidden="true">{t(`tones.${tone}`)}</strong>}
      </span>
      <span className={styles.notes}>
        {aside && <span>{aside}</span>}
        {target && <span>{target}</span>}
      </span>
    </a>
  );
}
