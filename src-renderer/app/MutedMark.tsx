import { Button } from '@mantine/core';
import { BellOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useClock } from '#kit/locale/clock.ts';
import { useFormats } from '#kit/locale/locale.ts';
import { unmute, useMuted } from '#kit/notices/muted.ts';

/** Shows that this console is muted and until when, with a button that unmutes it. */
export function MutedMark() {
  const { t } = useTranslation();
  const { clock } = useFormats();
  const until = useMuted((state) => state.until);
  const isMuted = useClock((now) => now < until);
  if (!isMuted) return null;
  return (
    <>
      <BellOff size={15} aria-hidden="true" />
      <span>{t('alerts.muted', { time: clock(until).slice(0, 5) })}</span>
      <Button size="compact-xs" variant="default" onClick={unmute}>
        {t('alerts.unmute')}
      </Button>
    </>
  );
}
