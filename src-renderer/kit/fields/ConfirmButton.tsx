import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

const ARMED_MS = 4_000;

interface ConfirmButtonProps {
  /** accessible name: the action and its object */
  readonly name: string;
  readonly className: string | undefined;
  /** the least role that may do it; others do not see the button */
  readonly needs?: 'supervisor' | 'admin';
  readonly children: ReactNode;
  readonly onConfirm: () => void;
}

/** Button for actions that cannot be undone: the first click asks, the second confirms; leaving or waiting cancels. */
export function ConfirmButton({ name, className, needs, children, onConfirm }: ConfirmButtonProps) {
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
      data-needs={needs}
      aria-label={armed ? `${t('common.sure')} ${name}` : name}
      title={name}
      onClick={click}
      onBlur={() => setArmed(false)}
    >
      {armed ? t('common.sure') : children}
    </button>
  );
}
