import { CircleAlert, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Tone } from '#shared/figures.ts';

/** Mark of a figure past its threshold, with text for screen readers. */
export function ToneMark({ tone, size = 14 }: { tone: Tone; size?: number }) {
  const { t } = useTranslation();
  if (tone === 'calm') return null;
  const Mark = tone === 'bad' ? CircleAlert : TriangleAlert;
  return <Mark size={size} strokeWidth={2.25} role="img" aria-label={t(`tones.${tone}`)} />;
}
