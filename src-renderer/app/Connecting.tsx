import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

const CALM_MS = 300;

/** Before the first board. Says nothing for a moment: usually that is all it takes. */
export function Connecting() {
  const { t } = useTranslation();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), CALM_MS);
    return () => clearTimeout(timer);
  }, []);
  return <p role="status">{late ? t('link.connecting') : ''}</p>;
}
