import { CircleAlert, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Tone } from '#shared/figures.ts';

/** The mark of a figure past its threshold, with a word for those who cannot see it. */
export function ToneMark({ tone, size = 14 }: { tone: Tone; size?: number }) {
  const { t } = useTranslation();
  if (tone === 'calm') return null;
  const Mark = tone === 'bad' ? CircleAlert : TriangleAlert;
  return <Mark size={size} strokeWidth={2.25} role="img" aria-label={t(`tones.${tone}`)} />;
}
