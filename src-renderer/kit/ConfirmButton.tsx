import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

const ARMED_MS = 4_000;

interface ConfirmButtonProps {
  /** accessible name: what is done, and to what */
  readonly name: string;
  readonly className: string | undefined;
  readonly children: ReactNode;
  readonly onConfirm: () => void;
}

/** For what cannot be taken back: the first click asks, the second does it; leaving or waiting takes the question away. */
export function ConfirmButton({ name, className, children, onConfirm }: ConfirmButtonProps) {
  const { t } = useTranslation();
  const [armed, setArmed] = useState(false);
  useEffect(() => {
    if (!armed) return;
    const timer = setTimeout(() => setArmed(false), ARMED_MS);
    return () => clearTimeout(timer);
  }, [armed]);
  const click = () => {
    setArmed(!armed);
    if (armed) onConfirm();
  };
  return (
    <button
      type="button"
      className={className}
      data-armed={armed || undefined}
      aria-label={armed ? `${t('common.sure')} ${name}` : name}
      title={name}
      onClick={click}
      onBlur={() => setArmed(false)}
    >
      {armed ? t('common.sure') : children}
    </button>
  );
}
