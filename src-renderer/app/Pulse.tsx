import { useTranslation } from 'react-i18next';
import { useFigures } from '#kit/board/useFigures.ts';
import { useFormats } from '#kit/locale/locale.ts';
import { hashOf } from '#kit/navigation/route.ts';
import { useBoard } from '#link/board.ts';
import { Figure } from './Figure.tsx';
import styles from './Pulse.module.css';

/** Key figures, the same on every screen: waiting, load, failures. */
export function Pulse() {
  const { t } = useTranslation();
  const figures = useFigures();
  return (
    <section className={styles.pulse} aria-label={t('pulse.title')} data-testid="pulse">
      {figures.map((figure) => (
        <Figure key={figure.name} figure={figure} />
      ))}
      <Refused />
    </section>
  );
}

function Refused() {
  const { t } = useTranslation();
  const { number } = useFormats();
  const refused = useBoard((board) => board.refused);
  if (refused === 0) return null;
  const label = t('pulse.refused', { count: refused });
  return <Figure figure={{ name: 'refused', value: number(refused), aside: '', label, target: '', tone: 'warn', href: hashOf('refused') }} />;
}
