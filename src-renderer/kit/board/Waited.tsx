import { Lasting } from '#kit/locale/Ago.tsx';
import { useClock } from '#kit/locale/clock.ts';
import { useSettings } from '#link/settings.ts';
import { toneOf } from '#shared/figures.ts';
import tones from './tone.module.css';

/** How long a contact has waited since `since`, in the tone that the pulse gives the longest wait. */
export function Waited({ since }: { since: number }) {
  const { thresholds } = useSettings();
  const tone = useClock((now) => toneOf('oldest_wait_seconds', (now - since) / 1000, thresholds));
  return (
    <span className={tones.tone} data-tone={tone}>
      <Lasting since={since} />
    </span>
  );
}
