import { CircleAlert, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useClock } from '#kit/locale/clock.ts';
import { formatMoment } from '#kit/locale/format.ts';
import { useFormats } from '#kit/locale/locale.ts';
import type { BackupTrouble } from '#shared/contract/backups.ts';
import styles from './Backups.module.css';
import { causeOf } from './list.ts';

/** Problems that prevent backups: what happened, what is safe and what to do. */
export function Troubles({ troubles }: { troubles: readonly BackupTrouble[] }) {
  if (troubles.length === 0) return null;
  return (
    <div role="alert">
      <ul className={styles.troubles}>
        {troubles.map((trouble) => (
          <Trouble key={trouble.kind} trouble={trouble} />
        ))}
      </ul>
    </div>
  );
}

function Trouble({ trouble: { kind, since, detail } }: { trouble: BackupTrouble }) {
  const { t } = useTranslation();
  const { language, zone } = useFormats();
  const time = useClock((now) => formatMoment(since, now, language, zone));
  const Mark = kind === 'damaged' ? CircleAlert : TriangleAlert;
  return (
    <li className={styles.trouble} data-kind={kind}>
      <Mark size={16} aria-hidden="true" />
      <span>
        {t(`backups.trouble.${kind}`, { time })} {kind !== 'damaged' && `${t(`backups.cause.${causeOf(detail)}`)} `}
        <span className={styles.remedy}>{t(`backups.remedy.${kind}`)}</span>
      </span>
    </li>
  );
}
