import { useEffect, useState } from 'react';

/** What is there sooner needs no sign that it is coming. */
const LATE_MS = 300;

/** False at first, true when it has taken long enough to be noticed. */
export function useLate(): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), LATE_MS);
    return () => clearTimeout(timer);
  }, []);
  return late;
}
