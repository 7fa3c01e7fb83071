import { LockOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useInfo } from '#link/info.ts';

/** Says on every screen that other machines reach this desk without encryption. It stays for as long as that is so. */
export function UnencryptedMark({ className, size = 15 }: { className?: string | undefined; size?: number }) {
  const { t } = useTranslation();
  const isPlain = useInfo((state) => state.info?.network === 'plain');
  if (!isPlain) return null;
  return (
    <span className={className} data-testid="unencrypted" title={t('network.plain_text')}>
      <LockOpen size={size} aria-hidden="true" /> {t('network.plain')}
    </span>
  );
}
