import encodeQR from 'qr';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '#kit/fields/CopyButton.tsx';
import code from '#kit/fields/code.module.css';
import { formatMoment } from '#kit/locale/format.ts';
import { useFormats } from '#kit/locale/locale.ts';
import { hostNow } from '#link/host-clock.ts';
import { useInfo } from '#link/info.ts';
import styles from './Settings.module.css';

export interface ShownInvitation {
  readonly person_id: number;
  readonly name: string;
  readonly url: string;
  readonly expires_at: string;
}

/** A fresh invitation, which is shown only here: to be sent, or to be scanned. */
export function Invitation({ shown: { name, url, expires_at } }: { shown: ShownInvitation }) {
  const { t } = useTranslation();
  const { language, zone } = useFormats();
  const isReached = useInfo(({ info }) => info !== null && info.network !== 'none');
  return (
    <div className={`${code.block} ${styles.link}`}>
      <span role="status" className={styles.text}>
        {t('people.link_for', { name, time: formatMoment(Date.parse(expires_at), hostNow(), language, zone) })}
        {!isReached && ` ${t('people.only_here')}`}
      </span>
      {isReached && <QrCode text={url} />}
      <code className={code.code} data-testid="invitation">
        {url}
      </code>
      <div className={code.actions}>
        <CopyButton text={() => url} label={t('people.copy')} variant="filled" />
      </div>
    </div>
  );
}

/** Dark on light in both themes: not all scanners read inverted codes. */
function QrCode({ text }: { text: string }) {
  const { t } = useTranslation();
  const modules = useMemo(() => encodeQR(text, 'raw', { ecc: 'medium', border: 4 }), [text]);
  const path = modules.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : []))).join('');
  return (
    <svg className={styles.qr} role="img" aria-label={t('people.qr')} viewBox={`0 0 ${modules.length} ${modules.length}`} shapeRendering="crispEdges">
      <path className={styles.paper} d={`M0 0h${modules.length}v${modules.length}h-${modules.length}z`} />
      <path className={styles.ink} d={path} />
    </svg>
  );
}
