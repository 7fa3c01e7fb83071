import { Button } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from './copy.ts';

const SAYS_SO_MS = 2_000;

/** Copies `text()` and confirms it briefly. */
export function CopyButton({ text, label, variant = 'default' }: { text: () => string; label?: string; variant?: 'default' | 'filled' }) {
  const { t } = useTranslation();
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), SAYS_SO_MS);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = () => {
    void copyText(text()).then((done) => setState(done ? 'copied' : 'refused'));
  };
  const said = { idle: label ?? t('common.copy'), copied: t('common.copied'), refused: t('common.not_copied') }[state];
  return (
    <Button size="xs" variant={variant} leftSection={state === 'copied' ? <Check size={14} /> : <Copy size={14} />} onClick={copy}>
      {said}
    </Button>
  );
}
