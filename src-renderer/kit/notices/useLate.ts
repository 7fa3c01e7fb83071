import { useEffect, useState } from 'react';

/** A faster answer needs no loading indicator. */
const LATE_MS = 300;

/** False at first, true once loading takes long enough to be noticed. */
export function useLate(): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), LATE_MS);
    return () => clearTimeout(timer);
  }, []);
  return late;
}
